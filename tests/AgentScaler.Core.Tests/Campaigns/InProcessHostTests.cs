using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>Whole runs: results, resumption, refusals.</summary>
public sealed class InProcessHostTests : InProcessHostTestBase
{
    [Fact]
    public async Task Run_WholeCampaign_SumsCountsAndEndsWithTheManifest()
    {
        var pipeline = new FakePipeline(pages: 7, domainsPerPage: 6);
        var statuses = new Listener<WorkflowStatus>();
        var result = await CampaignHost(pipeline, new InProcessOptions { Parallelism = 4, Statuses = statuses }).RunAsync(
            CampaignWorkflow.WorkflowName, "campaign-1", WorkflowInput.Start(Campaign), default);

        Assert.EndsWith("/manifest.json", result.Output, StringComparison.Ordinal);
        var last = statuses.All[^1];
        Assert.Equal(("done", 7, 7), (last.Stage, last.Done, last.Total));
        Assert.Equal((1000, 42, pipeline.Kept), (last.Counts["tools"], last.Counts["domains"], last.Counts["kept"]));
        Assert.Equal(
            ["tools", "graphs", "domains", "domains", "domains", "domains", "domains", "datasets", "done"],
            statuses.All.Select(status => status.Stage));
    }

    [Fact]
    public async Task Run_AnyParallelism_GivesTheSameArtifacts()
    {
        var artifacts = new List<IReadOnlyList<(string, string)>>();
        foreach (var parallelism in new[] { 1, 8 })
        {
            using var own = new TemporaryFolder();
            using var ownStore = new FolderArtifactStore(own.Path);
            await CampaignStore.SaveAsync(ownStore, new CampaignIdentity(), default);
            var host = new InProcessHost(
                new StepRunner(ownStore, new FakePipeline(5, 4).Steps()), Workflows, new InProcessOptions { Parallelism = parallelism }, new FakeTimeProvider());
            await host.RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(Campaign), default);
            artifacts.Add(await ContentsAsync(ownStore));
        }

        Assert.NotEmpty(artifacts[0]);
        Assert.Equal(artifacts[0], artifacts[1]);
    }

    [Fact]
    public async Task Run_Again_TakesEveryStepFromTheStore()
    {
        var pipeline = new FakePipeline(2, 3);
        var first = await CampaignHost(pipeline, new InProcessOptions()).RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(Campaign), default);
        var steps = new Listener<StepProgress>();
        var second = await CampaignHost(pipeline, new InProcessOptions { Steps = steps }).RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(Campaign), default);
        Assert.Equal(first.Output, second.Output);
        Assert.Equal([StepPhase.Started, StepPhase.FromStore], steps.All.Select(step => step.Phase).Distinct().Order());
    }

    [Fact]
    public async Task Run_CancelledAtAnyPointAndRunAgain_LosesNothingAndRepeatsNoFinishedStep()
    {
        var pipeline = new FakePipeline(2, 3);
        var finished = new Listener<StepProgress>();
        for (var stopAfter = 1; ; stopAfter++)
        {
            using var stop = new CancellationTokenSource();
            var ran = 0;
            var steps = new Listener<StepProgress>(progress =>
            {
                if (progress.Phase == StepPhase.Finished)
                {
                    finished.Report(progress);
                    if (Interlocked.Increment(ref ran) == 3)
                    {
                        stop.Cancel();
                    }
                }
            });
            try
            {
                await CampaignHost(pipeline, new InProcessOptions { Parallelism = 2, Steps = steps }).RunAsync(
                    CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(Campaign), stop.Token);
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.InRange(stopAfter, 1, 20);
            }
        }

        var keys = finished.All.Select(step => step.Step + string.Join(',', step.Inputs)).ToArray();
        Assert.Equal(keys.Length, keys.Distinct().Count());
        var expected = new HashSet<string>();
        await foreach (var name in Store.ListAsync("steps/", default))
        {
            if (name.EndsWith("/result.json", StringComparison.Ordinal))
            {
                expected.Add(name);
            }
        }

        Assert.Equal(expected.Count, keys.Length);
    }

    [Fact]
    public async Task Run_UnknownWorkflowOrTwoAtOnce_IsRefused()
    {
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var workflow = new LambdaWorkflow("w", async (context, _) =>
        {
            waits.SetResult();
            return WorkflowOutcome.Done(StepResult.Of(await context.WaitForEventAsync("go")));
        });
        var host = new InProcessHost(new StepRunner(Store, []), [workflow], new InProcessOptions(), new FakeTimeProvider());
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.RunAsync("v", "i", WorkflowInput.Start(Campaign), default));
        Assert.Contains("'v'; the workflows here are w", unknown.Message, StringComparison.Ordinal);
        var running = host.RunAsync("w", "i", WorkflowInput.Start(Campaign), default);
        await waits.Task;
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.RunAsync("w", "i", WorkflowInput.Start(Campaign), default));
        host.RaiseEvent("go", "x");
        await running;
    }

    private static async Task<IReadOnlyList<(string, string)>> ContentsAsync(IArtifactStore store)
    {
        var contents = new List<(string, string)>();
        await foreach (var name in store.ListAsync(string.Empty, default))
        {
            contents.Add((name, await store.ReadTextAsync(name, default)));
        }

        return contents;
    }
}
