using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions.Tests;

/// <summary>The real pipeline: the same bytes on the Durable Task engine and in process.</summary>
public sealed class PipelineOnDurableTests
{
    [Fact]
    public async Task RunCampaign_RealCatalogues_WritesTheArtifactsOfTheInProcessHost()
    {
        using var folder = new TemporaryFolder();
        using var durable = new FolderArtifactStore(folder.File("durable"));
        using var local = new FolderArtifactStore(folder.File("local"));
        using var engine = new EnvironmentEngine(new EngineOptions(), new FrozenClock(DateTimeOffset.UnixEpoch));
        var campaign = await PrepareAsync(durable);
        await PrepareAsync(local);

        await using var host = await DurableHost.StartAsync(durable, PipelineSteps.Create(engine, null, new NoModels()));
        var done = await host.RunAsync(CampaignWorkflow.WorkflowName, "campaign-one", WorkflowInput.Start(campaign));
        var inProcess = new InProcessHost(
            new StepRunner(local, PipelineSteps.Create(engine, null, new NoModels())),
            [new CampaignWorkflow(), new DomainPageWorkflow()],
            new InProcessOptions(),
            new FrozenClock(DateTimeOffset.UnixEpoch));
        var expected = await inProcess.RunAsync(CampaignWorkflow.WorkflowName, "campaign-one", WorkflowInput.Start(campaign), CancellationToken.None);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(expected.Output, done.ReadOutputAs<StepResult>()!.Output);
        Assert.Equal(await local.AllAsync(), await durable.AllAsync());
        var counts = done.ReadCustomStatusAs<WorkflowStatus>()!.Counts;
        Assert.True(counts["environments"] > 0 && counts["kept"] > 0, string.Join(", ", counts));
        await VerifyResultsAsync(durable, host.Client);
        await VerifyReportAsync(durable, folder.File("state.db"), engine, host.Client);
    }

    /// <summary>The report is one page of its own, the same when it is asked for again.</summary>
    private static async Task VerifyReportAsync(FolderArtifactStore store, string database, EnvironmentEngine engine, DurableTaskClient client)
    {
        using var state = new SqliteStateStore(database);
        var function = new CampaignReportFunction(store, state, new StepRunner(store, PipelineSteps.Create(engine, null, new NoModels())), engine);
        var pages = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var request = HttpAnswer.Request("GET", "/api/campaigns/one/report");
            var response = request.HttpContext.Response;
            await (await function.RunAsync(request, "one", client, CancellationToken.None)).ExecuteAsync(request.HttpContext);
            Assert.Equal((200, "text/html; charset=utf-8"), (response.StatusCode, response.ContentType));
            response.Body.Position = 0;
            pages.Add(await new StreamReader(response.Body).ReadToEndAsync());
        }

        Assert.StartsWith("<!doctype html>", pages[0], StringComparison.Ordinal);
        Assert.Contains("id=\"data-overview\"", pages[0], StringComparison.Ordinal);
        Assert.Equal(pages[0], pages[1]);
        var unknown = HttpAnswer.Request("GET", "/api/campaigns/two/report");
        Assert.Equal(404, (await HttpAnswer.OfAsync(unknown, await function.RunAsync(unknown, "two", client, CancellationToken.None))).Status);
    }

    /// <summary>The results endpoints give every file of the manifest, with the bytes that it promises.</summary>
    private static async Task VerifyResultsAsync(FolderArtifactStore store, DurableTaskClient client)
    {
        var function = new CampaignResultsFunction(store, new NoArtifactLinks());
        var request = HttpAnswer.Request("GET", "/api/campaigns/one/results");
        var listed = await HttpAnswer.OfAsync(request, await function.ListAsync(request, "one", client, CancellationToken.None));
        Assert.Equal(200, listed.Status);
        foreach (var file in listed.Body.GetProperty("manifest").GetProperty("files").EnumerateArray())
        {
            var address = listed.Body.GetProperty("files").GetProperty(file.GetProperty("path").GetString()!).GetString()!;
            Assert.StartsWith("https://app.example/api/campaigns/one/results/", address, StringComparison.Ordinal);
            var name = address[(address.LastIndexOf('/') + 1)..];
            var get = HttpAnswer.Request("GET", "/api/campaigns/one/results/" + name);
            await (await function.ReadAsync(get, "one", name, client, CancellationToken.None)).ExecuteAsync(get.HttpContext);
            get.HttpContext.Response.Body.Position = 0;
            Assert.Equal(file.GetProperty("sha256").GetString(), await Sha256Text.OfAsync(get.HttpContext.Response.Body, CancellationToken.None));
        }

        var other = HttpAnswer.Request("GET", "/api/campaigns/one/results/secrets.json");
        var refused = await HttpAnswer.OfAsync(other, await function.ReadAsync(other, "one", "secrets.json", client, CancellationToken.None));
        Assert.Equal(404, refused.Status);
        Assert.Contains("canonical.jsonl", refused.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> PrepareAsync(FolderArtifactStore store)
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples")).Order(StringComparer.Ordinal)
            .Select(path => new LocatedFile(path, Path.GetFileName(path), new FileInfo(path).Length, Path.GetDirectoryName(path)!));
        var documents = await DocumentUpload.StoreAsync(store, files, CancellationToken.None);
        var identity = new CampaignIdentity
        {
            Documents = [.. documents.Select(document => document.Sha256).Order(StringComparer.Ordinal)],
            Tasks = new TaskSettings { PerEnvironment = 6, ShardSize = 3 },
            Episodes = new EpisodeSettings { Trials = 2 },
        };
        return await CampaignStore.SaveAsync(store, identity, CancellationToken.None);
    }
}
