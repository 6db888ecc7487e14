using AgentScaler.Campaigns;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>Steps: parallelism, retries, failures, stopping.</summary>
public sealed class InProcessHostStepTests : InProcessHostTestBase
{
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
    public async Task Run_WorkflowThatFailsBesideARunningStep_EndsOnlyWhenThatHasEnded()
    {
        var otherRuns = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hasEnded = false;
        var step = new LambdaStep(Step, async (_, token) =>
        {
            otherRuns.SetResult();
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = token.Register(stopped.SetResult);
            await stopped.Task;
            for (var yields = 0; yields < 200_000; yields++)
            {
                await Task.Yield();
            }

            Volatile.Write(ref hasEnded, true);
            throw new OperationCanceledException(token);
        });
        await Assert.ThrowsAsync<FormatException>(() => RunAsync(
            async (context, input) =>
            {
                _ = context.RunStepAsync(Call(), RetryRule.Default);
                await otherRuns.Task;
                throw new FormatException("the workflow itself");
            },
            new InProcessOptions(),
            new FakeTimeProvider(),
            step));
        Assert.True(Volatile.Read(ref hasEnded));
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

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value;)
        {
            seen = Interlocked.CompareExchange(ref target, value, seen) is var before && before == seen ? value : before;
        }
    }
}
