using AgentScaler.Campaigns;
using AgentScaler.Workflow;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>What a workflow waits for: events, control words, times.</summary>
public sealed class InProcessHostEventTests : InProcessHostTestBase
{
    [Fact]
    public async Task Run_CancelledWhileWaitingForAnEventOrATime_Ends()
    {
        foreach (var isTimer in new[] { false, true })
        {
            using var stop = new CancellationTokenSource();
            var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var running = RunAsync(
                async (context, _) =>
                {
                    waits.SetResult();
                    await (isTimer ? context.WaitUntilAsync(context.CurrentTime.AddDays(1)) : context.WaitForEventAsync("never"));
                },
                new InProcessOptions(),
                new FakeTimeProvider(),
                LambdaStep.Writing("s"),
                stop.Token);
            await waits.Task;
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }
    }

    [Fact]
    public async Task WaitUntil_LaterTime_WaitsThatLongAndNotForThePast()
    {
        var clock = new RecordingClock();
        await RunAsync(
            async (context, _) =>
            {
                await context.WaitUntilAsync(context.CurrentTime.AddHours(-1));
                await context.WaitUntilAsync(context.CurrentTime.AddDays(45));
            },
            new InProcessOptions(),
            clock,
            LambdaStep.Writing("s"));
        Assert.Equal([TimeSpan.FromDays(30), TimeSpan.FromDays(15)], clock.Waits);
    }

    [Fact]
    public async Task RaiseEvent_BeforeSomebodyWaits_IsKeptInOrderAlsoOverContinuations()
    {
        var seen = new List<string>();
        var workflow = new LambdaWorkflow("w", async (context, input) =>
        {
            var abandoned = context.WaitForEventAsync("other");
            seen.Add(await context.WaitForEventAsync("word"));
            Assert.False(abandoned.IsCompleted);
            return seen.Count < 3 ? WorkflowOutcome.Continue(input) : WorkflowOutcome.Done(StepResult.Of("x"));
        });
        var host = new InProcessHost(new StepRunner(Store, []), [workflow], new InProcessOptions(), new FakeTimeProvider());
        host.RaiseEvent("word", "one");
        host.RaiseEvent("word", "two");
        var running = host.RunAsync("w", "i", WorkflowInput.Start(Campaign), default);
        host.RaiseEvent("word", "three");
        await running.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["one", "two", "three"], seen);
    }

    [Fact]
    public async Task RaiseEvent_WaitOfAnEndedGeneration_LosesNoEvent()
    {
        var generations = 0;
        var secondWaits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var workflow = new LambdaWorkflow("w", async (context, input) =>
        {
            var word = context.WaitForEventAsync("word");
            if (++generations == 1)
            {
                return WorkflowOutcome.Continue(input);
            }

            secondWaits.SetResult();
            return WorkflowOutcome.Done(StepResult.Of(await word));
        });
        var host = new InProcessHost(new StepRunner(Store, []), [workflow], new InProcessOptions(), new FakeTimeProvider());
        var running = host.RunAsync("w", "i", WorkflowInput.Start(Campaign), default);
        await secondWaits.Task;
        host.RaiseEvent("word", "mine");
        Assert.Equal("mine", (await running.WaitAsync(TimeSpan.FromMinutes(1))).Output);
    }

    [Fact]
    public async Task Steer_PauseThenResume_StartsNoPageBetween()
    {
        var statuses = new Listener<WorkflowStatus>();
        InProcessHost? host = null;
        var stepsWhilePaused = -1;
        var started = 0;
        statuses = new Listener<WorkflowStatus>(status =>
        {
            if (status is { Stage: "paused" })
            {
                Assert.Equal((0, 6), (status.Done, status.Total));
                stepsWhilePaused = started;
                host!.RaiseEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Resume);
            }
        });
        host = CampaignHost(
            new FakePipeline(6, 2),
            new InProcessOptions { Parallelism = 2, Statuses = statuses, Steps = new Listener<StepProgress>(step => Interlocked.Add(ref started, step.Phase == StepPhase.Started ? 1 : 0)) });
        host.RaiseEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Pause);
        var result = await host.RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(Campaign), default);
        Assert.EndsWith("/manifest.json", result.Output, StringComparison.Ordinal);
        Assert.True(stepsWhilePaused > 0 && started > stepsWhilePaused);
        Assert.Equal("done", statuses.All[^1].Stage);
    }

    [Fact]
    public async Task Steer_Cancel_EndsWithoutADataset()
    {
        var statuses = new Listener<WorkflowStatus>();
        var host = CampaignHost(new FakePipeline(6, 2), new InProcessOptions { Statuses = statuses });
        host.RaiseEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Cancel);
        var result = await host.RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(Campaign), default);
        Assert.Equal(string.Empty, result.Output);
        Assert.Equal(("cancelled", 0), (statuses.All[^1].Stage, statuses.All[^1].Done));
    }

    [Fact]
    public async Task Steer_CancelWhilePagesRun_EndsAfterTheirBatch()
    {
        InProcessHost? host = null;
        var statuses = new Listener<WorkflowStatus>();
        host = CampaignHost(
            new FakePipeline(6, 2),
            new InProcessOptions
            {
                Statuses = statuses,
                Steps = new Listener<StepProgress>(step =>
                {
                    if (step is { Step: "graphs.page", Phase: StepPhase.Started })
                    {
                        host!.RaiseEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Cancel);
                    }
                }),
            });
        var result = await host.RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(Campaign), default);
        Assert.Equal(string.Empty, result.Output);
        Assert.Equal(("cancelled", 4), (statuses.All[^1].Stage, statuses.All[^1].Done));
    }
}
