using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.DurableTask.Client;
using Moq;

namespace AgentScaler.Functions.Tests;

/// <summary>The endpoints that list and steer campaigns, on the Durable Task engine.</summary>
public sealed class CampaignControlTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore artifacts;

    private readonly SqliteStateStore state;
    private readonly CampaignBudgets budgets;

    public CampaignControlTests()
    {
        artifacts = new FolderArtifactStore(folder.File("artifacts"));
        state = new SqliteStateStore(folder.File("state.db"));
        budgets = new CampaignBudgets(state, TimeProvider.System, new Budget());
    }

    public void Dispose()
    {
        state.Dispose();
        artifacts.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task List_TwoCampaignsWithPages_ShowsTheCampaignsSortedById()
    {
        await using var host = await DurableHost.StartAsync(artifacts, new SampleSteps(pages: 2).Create());
        await RunAsync(host, "two");
        await RunAsync(host, "one");

        var all = await ListAsync(host.Client, "/api/campaigns");
        var failed = await ListAsync(host.Client, "/api/campaigns?status=failed");

        Assert.Equal(["one", "two"], all.Body.GetProperty("campaigns").EnumerateArray().Select(campaign => campaign.GetProperty("id").GetString()));
        Assert.Equal("done", all.Body.GetProperty("campaigns")[0].GetProperty("status").GetProperty("stage").GetString());
        Assert.Empty(failed.Body.GetProperty("campaigns").EnumerateArray());
    }

    [Theory]
    [InlineData("odd")]
    [InlineData("99")]
    public async Task List_UnknownStatus_Answers400(string status)
    {
        var answer = await ListAsync(Nobody(), "/api/campaigns?status=" + status);

        Assert.Equal(400, answer.Status);
        Assert.Contains("Completed", answer.Body.GetProperty("errors").GetProperty("status")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_ResumeWithABudgetOfACampaignWhoseBudgetIsSpent_GoesOnToTheDataset()
    {
        var identity = new CampaignIdentity();
        var steps = new SampleSteps(pages: 6)
        {
            Before = async (step, _) =>
            {
                var budget = await budgets.GetAsync(CampaignStore.HashOf(identity), CancellationToken.None);
                if (step == StepNames.RollOut.Name && budget.Usd is null)
                {
                    throw new BudgetSpentException("the budget of 0 USD is spent");
                }
            },
        };
        await using var host = await DurableHost.StartAsync(artifacts, steps.Create());
        await host.ScheduleAsync(
            CampaignWorkflow.WorkflowName, "campaign-one", WorkflowInput.Start(await CampaignStore.SaveAsync(artifacts, identity, CancellationToken.None)));
        await host.StageAsync("campaign-one", "paused");

        var wrong = await ControlAsync(host.Client, "one", "resume", """{"usd":-1,"eur":5}""");
        var trailing = await ControlAsync(host.Client, "one", "resume", """{"usd":20},"endpoints":{}""");
        var resumed = await ControlAsync(host.Client, "one", "resume", """{"usd":20}""");
        await host.StageAsync("campaign-one", "done");

        Assert.Equal(400, wrong.Status);
        Assert.Equal(["$.operations.models.budget.eur", "$.operations.models.budget.usd"], wrong.Body.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Equal(400, trailing.Status);
        Assert.Equal(202, resumed.Status);
        Assert.Equal("the budget of 0 USD is spent", resumed.Body.GetProperty("status").GetProperty("reason").GetString());

        // What was done before the pause is not done again.
        Assert.Equal(18, steps.Started.Count(step => step == StepNames.BuildEnvironment.Name));
    }

    [Fact]
    public async Task Control_PauseThenCancel_IsObeyedBetweenPages()
    {
        var steps = new HeldSteps();
        await using var host = await DurableHost.StartAsync(artifacts, steps.All);
        await steps.BeginAsync(host, await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None));

        var paused = await ControlAsync(host.Client, "one", "pause");
        steps.Release();
        await host.StageAsync("campaign-one", "paused");
        var cancelled = await ControlAsync(host.Client, "one", "cancel");
        await host.CompletionAsync("campaign-one");
        var late = await ControlAsync(host.Client, "one", "resume");

        Assert.Equal((202, "/api/campaigns/one"), (paused.Status, paused.Location));
        Assert.Equal(202, cancelled.Status);
        Assert.DoesNotContain(StepNames.AssembleDataset.Name, steps.Started);
        Assert.Equal(409, late.Status);
        Assert.Contains("nothing to resume", late.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "pause")]
    [InlineData("No/Id", "pause")]
    [InlineData("nobody", "explode")]
    public async Task Control_UnknownIdOrWord_Answers404(string id, string word)
    {
        var answer = await ControlAsync(Nobody(), id, word);

        Assert.Equal(404, answer.Status);
        Assert.Contains($"'{(word == "pause" ? id : word)}'", answer.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_CampaignWithoutADataset_Answers409AndUnknown404()
    {
        await using var host = await DurableHost.StartAsync(artifacts, new SampleSteps(pages: 1) { Before = (_, _) => throw new InvalidDataException("broken") }.Create());
        await RunAsync(host, "one");

        Assert.Equal(409, (await ResultsAsync(host.Client, "one")).Status);
        Assert.Equal(404, (await ResultsAsync(host.Client, "two")).Status);
    }

    private async Task<HttpAnswer> ResultsAsync(DurableTaskClient client, string id)
    {
        var request = HttpAnswer.Request("GET", $"/api/campaigns/{id}/results");
        return await HttpAnswer.OfAsync(
            request, await new CampaignResultsFunction(artifacts, new NoArtifactLinks()).ListAsync(request, id, client, CancellationToken.None));
    }

    /// <summary>A client of an app that runs nothing.</summary>
    private static DurableTaskClient Nobody() => new Mock<DurableTaskClient>(MockBehavior.Loose, "test").Object;

    private static async Task<HttpAnswer> ListAsync(DurableTaskClient client, string path)
    {
        var request = HttpAnswer.Request("GET", path);
        return await HttpAnswer.OfAsync(request, await new ListCampaignsFunction().RunAsync(request, client, CancellationToken.None));
    }

    private async Task<HttpAnswer> ControlAsync(DurableTaskClient client, string id, string word, string body = "")
    {
        var request = HttpAnswer.Request("POST", $"/api/campaigns/{id}/{word}", body);
        return await HttpAnswer.OfAsync(request, await new ControlCampaignFunction(budgets).RunAsync(request, id, word, client, CancellationToken.None));
    }

    private async Task RunAsync(DurableHost host, string id)
    {
        var campaign = await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None);
        await host.RunAsync(CampaignWorkflow.WorkflowName, "campaign-" + id, WorkflowInput.Start(campaign));
    }
}
