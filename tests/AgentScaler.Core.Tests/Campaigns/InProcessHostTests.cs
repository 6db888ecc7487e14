using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Campaigns;

public sealed class InProcessHostTests : IDisposable
{
    private static readonly StepName Step = new("s", 1);

    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore store;
    private readonly string campaign;

    public InProcessHostTests()
    {
        store = new FolderArtifactStore(folder.Path);
        campaign = CampaignStore.SaveAsync(store, new CampaignIdentity(), default).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Run_WholeCampaign_SumsCountsAndEndsWithTheManifest()
    {
        var pipeline = new FakePipeline(pages: 7, domainsPerPage: 6);
        var statuses = new Listener<WorkflowStatus>();
        var result = await CampaignHost(pipeline, new InProcessOptions { Parallelism = 4, Statuses = statuses }).RunAsync(
            CampaignWorkflow.WorkflowName, "campaign-1", WorkflowInput.Start(campaign), default);

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
            await host.RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(campaign), default);
            artifacts.Add(await ContentsAsync(ownStore));
        }

        Assert.NotEmpty(artifacts[0]);
        Assert.Equal(artifacts[0], artifacts[1]);
    }

    [Fact]
    public async Task Run_Again_TakesEveryStepFromTheStore()
    {
        var pipeline = new FakePipeline(2, 3);
        var first = await CampaignHost(pipeline, new InProcessOptions()).RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(campaign), default);
        var steps = new Listener<StepProgress>();
        var second = await CampaignHost(pipeline, new InProcessOptions { Steps = steps }).RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(campaign), default);
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
                    CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(campaign), stop.Token);
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
        await foreach (var name in store.ListAsync("steps/", default))
        {
            if (name.EndsWith("/result.json", StringComparison.Ordinal))
            {
                expected.Add(name);
            }
        }

        Assert.Equal(expected.Count, keys.Length);
    }

    [Fact]
    public async Task Run_ManySteps_RunsAsManyAtOnceAsAllowedAndNoMore()
    {
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (now, most) = (0, 0);
        var step = new LambdaStep(Step, async (run, token) =>
        {
            var mine = Interlocked.Increment(ref now);
            InterlockedMax(ref most, mine);
            if (mine == 3)
            {
                full.TrySetResult();
            }

            await full.Task.WaitAsync(token);
            Interlocked.Decrement(ref now);
            return await WriteAsync(run, token);
        });
        await RunAsync(
            (context, _) => Task.WhenAll(Enumerable.Range(0, 12).Select(i => context.RunStepAsync(Call($"in/{i}"), RetryRule.Default))),
            new InProcessOptions { Parallelism = 3 },
            new FakeTimeProvider(),
            step);
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task RunStep_FaultOfTheStore_IsTriedAgainAfterTheRulesWaits()
    {
        var attempts = 0;
        var clock = new RecordingClock();
        var steps = new Listener<StepProgress>();
        var step = new LambdaStep(Step, (run, token) => ++attempts < 4 ? throw new StoreException("disk full") : WriteAsync(run, token));
        await RunAsync((context, _) => context.RunStepAsync(Call(), RetryRule.Default), new InProcessOptions { Steps = steps }, clock, step);
        Assert.Equal([TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(18)], clock.Waits);
        Assert.Equal(["disk full", "disk full", "disk full"], steps.All.Where(progress => progress.Phase == StepPhase.Retrying).Select(progress => progress.Fault));
        Assert.Equal(StepPhase.Finished, steps.All[^1].Phase);
    }

    [Fact]
    public async Task RunStep_FaultAtEveryAttempt_FailsNamingStepInputsAndCause()
    {
        var attempts = 0;
        var clock = new RecordingClock();
        var step = new LambdaStep(Step, (_, _) =>
        {
            attempts++;
            throw new IOException("network gone");
        });
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync(
            (context, _) => context.RunStepAsync(Call("in/a", "in/b"), new RetryRule(5, TimeSpan.FromSeconds(10), 4, TimeSpan.FromSeconds(60))),
            new InProcessOptions(),
            clock,
            step));
        Assert.Equal(5, attempts);
        Assert.Equal([10, 40, 60, 60], clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal("step s: with inputs in/a, in/b, 5 attempts: network gone", failure.Message);
        Assert.IsType<IOException>(failure.InnerException);
    }

    [Fact]
    public async Task RunStep_FaultOfTheStepItself_FailsAtOnceAndStopsTheOthers()
    {
        var clock = new RecordingClock();
        var otherRuns = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wasStopped = false;
        var step = new LambdaStep(Step, async (run, token) =>
        {
            if (run.Inputs[0] == "in/bad")
            {
                await otherRuns.Task;
                throw new FormatException("bad item");
            }

            otherRuns.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            catch (OperationCanceledException)
            {
                wasStopped = true;
                throw;
            }

            return await WriteAsync(run, token);
        });
        var failure = await Assert.ThrowsAsync<StepFailedException>(() => RunAsync(
            (context, _) => Task.WhenAll(
                context.RunStepAsync(Call("in/waits"), RetryRule.Default), context.RunStepAsync(Call("in/bad"), RetryRule.Default)),
            new InProcessOptions { Parallelism = 2 },
            clock,
            step));
        Assert.Equal("step s: with inputs in/bad: bad item", failure.Message);
        Assert.True(wasStopped);
        Assert.Empty(clock.Waits);
    }

    [Fact]
    public async Task RunStep_WaitingForItsNextAttempt_LeavesItsSlotToOthers()
    {
        var clock = new FakeTimeProvider();
        var attempts = 0;
        var steps = new LambdaStep(Step, (run, token) =>
            run.Inputs[0] == "in/flaky" && Interlocked.Increment(ref attempts) == 1 ? throw new StoreException("once") : WriteAsync(run, token));
        var otherDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = RunAsync(
            async (context, _) =>
            {
                var flaky = context.RunStepAsync(Call("in/flaky"), RetryRule.Default);
                await context.RunStepAsync(Call("in/other"), RetryRule.Default);
                otherDone.SetResult();
                await flaky;
            },
            new InProcessOptions { Parallelism = 1 },
            clock,
            steps);
        await otherDone.Task;
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await running;
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Run_Cancelled_EndsOnlyWhenNoStepRuns()
    {
        using var stop = new CancellationTokenSource();
        var hasEnded = false;
        var step = new LambdaStep(Step, async (run, token) =>
        {
            stop.CancelAfter(0);
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                await Task.Yield();
                Volatile.Write(ref hasEnded, true);
            }

            return await WriteAsync(run, token);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(
            (context, _) => context.RunStepAsync(Call(), RetryRule.Default), new InProcessOptions(), new FakeTimeProvider(), step, stop.Token));
        Assert.True(hasEnded);
    }

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
        var host = new InProcessHost(new StepRunner(store, []), [workflow], new InProcessOptions(), new FakeTimeProvider());
        host.RaiseEvent("word", "one");
        host.RaiseEvent("word", "two");
        var running = host.RunAsync("w", "i", WorkflowInput.Start(campaign), default);
        host.RaiseEvent("word", "three");
        await running;
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
        var host = new InProcessHost(new StepRunner(store, []), [workflow], new InProcessOptions(), new FakeTimeProvider());
        var running = host.RunAsync("w", "i", WorkflowInput.Start(campaign), default);
        await secondWaits.Task;
        host.RaiseEvent("word", "mine");
        Assert.Equal("mine", (await running).Output);
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
                Assert.Equal(4, status.Done);
                stepsWhilePaused = started;
                host!.RaiseEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Resume);
            }
        });
        host = CampaignHost(
            new FakePipeline(6, 2),
            new InProcessOptions { Parallelism = 2, Statuses = statuses, Steps = new Listener<StepProgress>(step => Interlocked.Add(ref started, step.Phase == StepPhase.Started ? 1 : 0)) });
        host.RaiseEvent(CampaignWorkflow.ControlEvent, CampaignWorkflow.Pause);
        var result = await host.RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(campaign), default);
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
        var result = await host.RunAsync(CampaignWorkflow.WorkflowName, "c", WorkflowInput.Start(campaign), default);
        Assert.Equal(string.Empty, result.Output);
        Assert.Equal(("cancelled", 4), (statuses.All[^1].Stage, statuses.All[^1].Done));
    }

    [Fact]
    public async Task Run_WorkflowCode_NeverRunsInTwoPlacesAtOnce()
    {
        var inside = 0;
        await RunAsync(
            (context, _) => Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
            {
                for (var round = 0; round < 3; round++)
                {
                    await context.RunStepAsync(Call($"in/{i}-{round}"), RetryRule.Default);
                    Assert.Equal(1, Interlocked.Increment(ref inside));
                    Thread.SpinWait(2000);
                    Interlocked.Decrement(ref inside);
                }
            })),
            new InProcessOptions { Parallelism = 8 },
            new FakeTimeProvider(),
            LambdaStep.Writing("s"));
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
        var host = new InProcessHost(new StepRunner(store, []), [workflow], new InProcessOptions(), new FakeTimeProvider());
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.RunAsync("v", "i", WorkflowInput.Start(campaign), default));
        Assert.Contains("'v'; the workflows here are w", unknown.Message, StringComparison.Ordinal);
        var running = host.RunAsync("w", "i", WorkflowInput.Start(campaign), default);
        await waits.Task;
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.RunAsync("w", "i", WorkflowInput.Start(campaign), default));
        host.RaiseEvent("go", "x");
        await running;
    }

    private static IWorkflow[] Workflows => [new CampaignWorkflow(), new DomainPageWorkflow()];

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var before && before == seen ? value : before;
        }
    }

    private static async Task<StepResult> WriteAsync(StepRun run, CancellationToken token)
    {
        await run.Artifacts.TryCreateTextAsync(run.NewArtifact("out"), "x", token);
        return StepResult.Of(run.NewArtifact("out"));
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

    private StepCall Call(params string[] inputs) => StepCall.Of(Step, campaign, inputs);

    private InProcessHost CampaignHost(FakePipeline pipeline, InProcessOptions options) =>
        new(new StepRunner(store, pipeline.Steps()), Workflows, options, new FakeTimeProvider());

    private Task<StepResult> RunAsync(
        Func<IWorkflowContext, WorkflowInput, Task> body, InProcessOptions options, TimeProvider clock, IStep step, CancellationToken stop = default)
    {
        var workflow = new LambdaWorkflow("w", async (context, input) =>
        {
            await body(context, input);
            return WorkflowOutcome.Done(StepResult.Of("done"));
        });
        return new InProcessHost(new StepRunner(store, [step]), [workflow], options, clock).RunAsync("w", "i", WorkflowInput.Start(campaign), stop);
    }
}
