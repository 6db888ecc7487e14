using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Campaigns;

public sealed class CampaignRunnerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_ToItsEnd_IsInTheIndexAsCompleted()
    {
        using var campaign = await CampaignFolder.OpenAsync(folder.Path, new CampaignDocument(), default);
        var pipeline = new FakePipeline(3, 3);
        var statuses = new Listener<WorkflowStatus>();
        var result = await Runner(campaign, pipeline, new InProcessOptions { Parallelism = 2, Statuses = statuses }).RunAsync(default);
        var row = (await campaign.Index.GetAsync(campaign.Hash, default))!;
        Assert.EndsWith("/manifest.json", result.Output, StringComparison.Ordinal);
        Assert.Equal((CampaignState.Completed, "done", 3, pipeline.Kept), (row.State, row.Status.Stage, row.Status.Done, row.Status.Counts["kept"]));
        Assert.Equal("done", statuses.All[^1].Stage);
    }

    [Fact]
    public async Task Run_StepThatFails_IsInTheIndexAsFailedAndCanBeRunOn()
    {
        using var campaign = await CampaignFolder.OpenAsync(folder.Path, new CampaignDocument(), default);
        var pipeline = new FakePipeline(3, 3);
        var isBroken = true;
        var runner = new CampaignRunner(
            campaign,
            pipeline.Steps((_, name, _) => isBroken && name == "datasets.page" ? throw new FormatException("broken") : Task.CompletedTask),
            new InProcessOptions(),
            new FakeTimeProvider());
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => runner.RunAsync(default));
        Assert.Contains("datasets.page", failure.Message, StringComparison.Ordinal);
        Assert.Equal(CampaignState.Failed, (await campaign.Index.GetAsync(campaign.Hash, default))!.State);

        isBroken = false;
        await Runner(campaign, pipeline, new InProcessOptions()).RunAsync(default);
        Assert.Equal(CampaignState.Completed, (await campaign.Index.GetAsync(campaign.Hash, default))!.State);
    }

    [Fact]
    public async Task Run_CancelledOrSteeredToCancel_IsInTheIndexAsCancelled()
    {
        using var campaign = await CampaignFolder.OpenAsync(folder.Path, new CampaignDocument(), default);
        using var stop = new CancellationTokenSource();
        var statuses = new Listener<WorkflowStatus>(status =>
        {
            if (status.Stage == "graphs")
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Runner(campaign, new FakePipeline(6, 1), new InProcessOptions { Statuses = statuses }).RunAsync(stop.Token));
        Assert.Equal((CampaignState.Cancelled, "graphs"), await StateAsync());

        var runner = Runner(campaign, new FakePipeline(6, 1), new InProcessOptions());
        runner.Steer(CampaignWorkflow.Cancel);
        Assert.Equal(string.Empty, (await runner.RunAsync(default)).Output);
        Assert.Equal((CampaignState.Cancelled, "cancelled"), await StateAsync());

        async Task<(CampaignState, string)> StateAsync() =>
            (await campaign.Index.GetAsync(campaign.Hash, default))! is var row ? (row.State, row.Status.Stage) : default;
    }

    [Fact]
    public async Task Run_EachStatus_IsInTheIndexWhileItRuns()
    {
        using var campaign = await CampaignFolder.OpenAsync(folder.Path, new CampaignDocument(), default);
        var seen = new List<(CampaignState, string)>();
        var runner = new CampaignRunner(
            campaign,
            new FakePipeline(1, 1).Steps(async (_, name, token) =>
            {
                if (name is "tools.import" or "datasets.assemble")
                {
                    var expected = name == "tools.import" ? "tools" : "datasets";
                    CampaignRow? row;
                    while ((row = await campaign.Index.GetAsync(campaign.Hash, token))?.Status.Stage != expected)
                    {
                        await Task.Yield();
                    }

                    seen.Add((row!.State, row.Status.Stage));
                }
            }),
            new InProcessOptions(),
            new FakeTimeProvider());
        await runner.RunAsync(default);
        Assert.Equal([(CampaignState.Running, "tools"), (CampaignState.Running, "datasets")], seen);
    }

    private static CampaignRunner Runner(CampaignFolder campaign, FakePipeline pipeline, InProcessOptions options) =>
        new(campaign, pipeline.Steps(), options, new FakeTimeProvider());
}
