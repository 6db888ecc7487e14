using System.Text.Json;
using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Moq;

namespace AgentScaler.Functions.Tests;

/// <summary>The endpoints that start and show campaigns.</summary>
public sealed class CampaignEndpointTests : IDisposable
{
    private const string Path = "/api/campaigns/one";

    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore artifacts;
    private readonly string document = Sha256Text.Of("a catalogue");

    private readonly SqliteStateStore state;
    private readonly CampaignBudgets budgets;

    public CampaignEndpointTests()
    {
        artifacts = new FolderArtifactStore(folder.File("artifacts"));
        state = new SqliteStateStore(folder.File("state.db"));
        budgets = new CampaignBudgets(state, TimeProvider.System, new Budget { Usd = 3 });
    }

    public void Dispose()
    {
        state.Dispose();
        artifacts.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Start_NewCampaign_RunsToTheDatasetThatTheStatusShows()
    {
        await StoreDocumentAsync();
        await using var host = await DurableHost.StartAsync(artifacts, new SampleSteps(pages: 2).Create());

        var started = await StartAsync(host.Client, Campaign(seed: 1));

        Assert.Equal((202, Path), (started.Status, started.Location));
        Assert.Equal("one", started.Body.GetProperty("id").GetString());
        var done = await host.CompletionAsync("campaign-one");
        var shown = await StatusAsync(host.Client, "one");
        Assert.Equal((200, "application/json; charset=utf-8"), (shown.Status, shown.ContentType));
        Assert.Equal("Completed", shown.Body.GetProperty("runtimeStatus").GetString());
        Assert.Equal(done.ReadOutputAs<StepResult>()!.Output, shown.Body.GetProperty("dataset").GetString());
        Assert.Equal("done", shown.Body.GetProperty("status").GetProperty("stage").GetString());
        Assert.Equal(64, shown.Body.GetProperty("status").GetProperty("counts").GetProperty("episodes").GetInt64());
        var stored = await CampaignStore.LoadAsync(artifacts, shown.Body.GetProperty("campaign").GetString()!, CancellationToken.None);
        Assert.Equal([document], stored.Documents);
    }

    [Fact]
    public async Task Start_SameCampaignTwice_IsOneInstance()
    {
        await StoreDocumentAsync();
        var steps = new SampleSteps(pages: 1);
        await using var host = await DurableHost.StartAsync(artifacts, steps.Create());
        await StartAsync(host.Client, Campaign(seed: 1));
        await host.CompletionAsync("campaign-one");
        var first = await StatusAsync(host.Client, "one");
        var runs = steps.Started.Count;

        // Operations are free to change, and what is left out has its default.
        var second = await StartAsync(host.Client, $$"""{ "identity": { "documents": ["{{document}}", "{{document}}"] }, "operations": { "parallelism": 3 } }""");

        Assert.Equal((202, Path), (second.Status, second.Location));
        Assert.Equal("Completed", second.Body.GetProperty("runtimeStatus").GetString());
        Assert.Equal(first.Body.GetRawText(), second.Body.GetRawText());
        Assert.Equal(runs, steps.Started.Count);
    }

    [Fact]
    public async Task Start_OtherCampaignUnderTheId_Answers409WithTheDifferences()
    {
        await StoreDocumentAsync();
        var steps = new SampleSteps(pages: 1);
        await using var host = await DurableHost.StartAsync(artifacts, steps.Create());
        await StartAsync(host.Client, Campaign(seed: 1));
        await host.CompletionAsync("campaign-one");

        var other = await StartAsync(host.Client, Campaign(seed: 2));

        Assert.Equal((409, "application/problem+json"), (other.Status, other.ContentType));
        Assert.Equal("$.identity.seed: 1 there, 2 here", Assert.Single(other.Body.GetProperty("differences").EnumerateArray()).GetString());
        Assert.Equal(1, steps.Started.Count(step => step == StepNames.ImportTools.Name));
    }

    [Fact]
    public async Task Start_FailedCampaign_RunsOnFromItsFinishedSteps()
    {
        await StoreDocumentAsync();
        var faults = 1;
        var steps = new SampleSteps(pages: 1)
        {
            Before = (step, _) => step == StepNames.FindDomains.Name && Interlocked.Decrement(ref faults) >= 0
                ? throw new StoreException("disk full")
                : Task.CompletedTask,
        };
        await using var host = await DurableHost.StartAsync(
            [new ImpatientWorkflow(new CampaignWorkflow()), new DomainPageWorkflow()],
            new StepFunction(new StepRunner(artifacts, steps.Create())).RunAsync);
        await StartAsync(host.Client, Campaign(seed: 1));
        await host.CompletionAsync("campaign-one");
        var failed = await StatusAsync(host.Client, "one");

        await StartAsync(host.Client, Campaign(seed: 1));

        var done = await host.CompletionAsync("campaign-one");
        Assert.Equal(("Failed", "step graphs.domains: disk full"), (failed.Body.GetProperty("runtimeStatus").GetString(), failed.Body.GetProperty("failure").GetString()));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(1, steps.Started.Count(step => step == StepNames.ImportTools.Name));
    }

    [Fact]
    public async Task Start_TerminatedCampaign_Answers409()
    {
        await StoreDocumentAsync();
        var client = new Mock<DurableTaskClient>(MockBehavior.Strict, "test");
        Show(client, Instance(OrchestrationRuntimeStatus.Terminated, Reference(seed: 1)));

        var answer = await StartAsync(client.Object, Campaign(seed: 1));

        Assert.Equal(409, answer.Status);
        Assert.Contains("'campaign-one'", answer.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 202)]
    [InlineData(2, 409)]
    public async Task Start_AnotherRequestWasFaster_AnswersByWhatThatStarted(int seed, int expected)
    {
        await StoreDocumentAsync();
        await CampaignStore.SaveAsync(artifacts, Identity(seed), CancellationToken.None);
        var client = new Mock<DurableTaskClient>(MockBehavior.Strict, "test");
        Show(client, null, Instance(OrchestrationRuntimeStatus.Running, Reference(seed)));
        client.Setup(it => it.ScheduleNewOrchestrationInstanceAsync(
                new TaskName(WorkflowFunction.Name), It.IsAny<object?>(), It.Is<StartOrchestrationOptions>(options => options.InstanceId == "campaign-one"), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new OrchestrationAlreadyExistsException("already exists"));

        var answer = await StartAsync(client.Object, Campaign(seed: 1));

        Assert.Equal(expected, answer.Status);
        client.VerifyAll();
    }

    [Theory]
    [InlineData("One")]
    [InlineData("a_b")]
    [InlineData("a\n")]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Start_IdOutOfPattern_Answers400(string id)
    {
        var answer = await StartAsync(Untouched(), Campaign(seed: 1), id);

        Assert.Equal(400, answer.Status);
        Assert.Contains("1-64 characters", answer.Body.GetProperty("errors").GetProperty("id")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MalformedDocument_Answers400WithEveryError()
    {
        var answer = await StartAsync(Untouched(), """{ "identity": { "seed": "one", "grph": {} }, "operations": { "parallelism": -1 } }""");

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(
            ["$.identity.grph", "$.identity.seed", "$.operations.parallelism"],
            answer.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.StartsWith("found an unknown member, expected one of documents,", answer.Body.GetProperty("errors").GetProperty("$.identity.grph")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Start_NoDocument_Answers400(string body)
    {
        var answer = await StartAsync(Untouched(), body);

        Assert.Equal(400, answer.Status);
        Assert.Single(answer.Body.GetProperty("errors").EnumerateObject());
    }

    [Fact]
    public async Task Start_DocumentsMissingInTheStore_Answers400NamingEach()
    {
        await StoreDocumentAsync();
        var missing = new string('a', 64);

        var answer = await StartAsync(Untouched(), $$"""{ "identity": { "documents": ["{{document}}", "{{missing}}", "../etc/passwd"] } }""");

        var errors = answer.Body.GetProperty("errors");
        Assert.Equal(400, answer.Status);
        Assert.Equal(["$.identity.documents[1]", "$.identity.documents[2]"], errors.EnumerateObject().Select(error => error.Name));
        Assert.Contains($"documents/{missing}", errors.GetProperty("$.identity.documents[1]")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NoDocuments_Answers400()
    {
        var answer = await StartAsync(Untouched(), """{ "operations": { "sources": ["here"] } }""");

        Assert.Equal(400, answer.Status);
        Assert.Equal("$.identity.documents", Assert.Single(answer.Body.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Start_StoreFails_Answers503WithTheReason()
    {
        var store = new Mock<IArtifactStore>();
        store.Setup(it => it.ExistsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ThrowsAsync(new StoreException("no access to the folder"));
        var request = HttpAnswer.Request("POST", Path, Campaign(seed: 1));

        var answer = await HttpAnswer.OfAsync(
            request, await new StartCampaignFunction(store.Object, budgets, new ModelReach(null, null)).RunAsync(request, "one", Untouched(), CancellationToken.None));

        Assert.Equal((503, "no access to the folder"), (answer.Status, answer.Body.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Start_ModelsAndABudget_IsRefusedWithoutEndpointsAndKeepsTheBudgetWithThem()
    {
        await StoreDocumentAsync();
        await using var host = await DurableHost.StartAsync(artifacts, new SampleSteps(pages: 1).Create());
        var body = """{"identity":{"documents":["DOCUMENT"],"models":{"agent":{"model":"m"}}},"operations":{"models":{"budget":{"usd":7}}}}"""
            .Replace("DOCUMENT", document, StringComparison.Ordinal);

        var refused = await StartAsync(host.Client, body);
        var started = await StartAsync(host.Client, body, reachesModels: true);

        Assert.Equal("$.identity.models", Assert.Single(refused.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal(202, started.Status);
        var campaign = CampaignStore.HashIn(started.Body.GetProperty("campaign").GetString()!);
        Assert.Equal(7, (await budgets.GetAsync(campaign, CancellationToken.None)).Usd);
        Assert.Equal(3, (await budgets.GetAsync("another", CancellationToken.None)).Usd);
    }

    [Fact]
    public async Task Status_CampaignThatAskedModels_ShowsWhatItSpent()
    {
        await StoreDocumentAsync();
        await using var host = await DurableHost.StartAsync(artifacts, new SampleSteps(pages: 1).Create());
        await StartAsync(host.Client, Campaign(seed: 1));
        var ledger = await SpendLedger.OpenAsync(state, TimeProvider.System, CampaignStore.HashOf(Identity(1)), "this", CancellationToken.None);
        await ledger.AddAsync("agent m", new Spend { Requests = 2, InputTokens = 10, OutputTokens = 5, Usd = 0.25m }, CancellationToken.None);

        var shown = await StatusAsync(host.Client, "one");

        Assert.Equal(0.25m, shown.Body.GetProperty("spent").GetProperty("total").GetProperty("usd").GetDecimal());
        Assert.Equal(10, shown.Body.GetProperty("spent").GetProperty("roles").GetProperty("agent m").GetProperty("inputTokens").GetInt64());
    }

    [Fact]
    public async Task Status_UnknownId_Answers404()
    {
        var client = new Mock<DurableTaskClient>(MockBehavior.Strict, "test");
        Show(client, [null]);

        var answer = await StatusAsync(client.Object, "one");

        Assert.Equal((404, "there is no campaign 'one'"), (answer.Status, answer.Body.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Status_BeforeTheFirstStep_HasNoStatusNorDataset()
    {
        var client = new Mock<DurableTaskClient>(MockBehavior.Strict, "test");
        Show(client, Instance(OrchestrationRuntimeStatus.Pending, Reference(seed: 1)));

        var answer = await StatusAsync(client.Object, "one");

        Assert.Equal(["id", "runtimeStatus", "campaign", "createdAt", "lastUpdatedAt"], answer.Body.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Pending", answer.Body.GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Health_AnswersAnybody()
    {
        var request = HttpAnswer.Request("GET", "/api/health");

        var answer = await HttpAnswer.OfAsync(request, new HealthFunction().Run(request));

        Assert.Equal((200, "healthy"), (answer.Status, answer.Body.GetProperty("status").GetString()));
    }

    private static DurableTaskClient Untouched() => new Mock<DurableTaskClient>(MockBehavior.Strict, "test").Object;

    private static void Show(Mock<DurableTaskClient> client, params OrchestrationMetadata?[] instances)
    {
        var sequence = client.SetupSequence(it => it.GetInstanceAsync("campaign-one", true, It.IsAny<CancellationToken>()));
        foreach (var instance in instances)
        {
            sequence = sequence.ReturnsAsync(instance);
        }
    }

    private static OrchestrationMetadata Instance(OrchestrationRuntimeStatus status, string campaign) => new(WorkflowFunction.Name, "campaign-one")
    {
        RuntimeStatus = status,
        DataConverter = JsonDataConverter.Default,
        SerializedInput = JsonDataConverter.Default.Serialize(new WorkflowCall(CampaignWorkflow.WorkflowName, WorkflowInput.Start(campaign))),
    };

    private async Task<HttpAnswer> StatusAsync(DurableTaskClient client, string id)
    {
        var request = HttpAnswer.Request("GET", "/api/campaigns/" + id);
        return await HttpAnswer.OfAsync(request, await new CampaignStatusFunction(state).RunAsync(request, id, client, CancellationToken.None));
    }

    private async Task<HttpAnswer> StartAsync(DurableTaskClient client, string body, string id = "one", bool reachesModels = false)
    {
        var request = HttpAnswer.Request("POST", "/api/campaigns/" + id, body);
        return await HttpAnswer.OfAsync(request, await new StartCampaignFunction(artifacts, budgets, new ModelReach(reachesModels ? [] : null, null)).RunAsync(request, id, client, CancellationToken.None));
    }

    private Task StoreDocumentAsync() => artifacts.TryCreateTextAsync(DocumentUpload.ArtifactOf(document), "a catalogue", CancellationToken.None);

    private CampaignIdentity Identity(int seed) => new() { Documents = [document], Seed = seed };

    private string Reference(int seed) => CampaignStore.ReferenceOf(Identity(seed));

    private string Campaign(int seed) => JsonSerializer.Serialize(new CampaignDocument { Identity = Identity(seed) }, ArtifactJson.Options);
}
