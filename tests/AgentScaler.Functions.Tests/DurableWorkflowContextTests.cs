using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AgentScaler.Functions.Tests;

/// <summary>Each promise of the workflow port, on the Durable Task engine.</summary>
public sealed class DurableWorkflowContextTests
{
    private static readonly RetryRule Quick = new(3, TimeSpan.FromMilliseconds(5), 2, TimeSpan.FromMilliseconds(20));
    private static readonly StepCall Call = StepCall.Of(new StepName("probe", 7), "campaigns/x.json", "a", "b");
    private static readonly WorkflowInput Input = new("campaigns/x.json", ["reference"], ["page"], WorkflowStatus.Initial);

    private readonly TaskCompletionSource<StepResult> gated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task RunStep_FailsTwice_IsTriedAThirdTimeAndSucceeds()
    {
        var calls = new List<StepCall>();
        await using var host = await DurableHost.StartAsync(
            [new Probe((context, _) => context.RunStepAsync(Call, Quick))],
            (call, _) =>
            {
                calls.Add(call);
                return calls.Count < 3 ? throw new StoreException("no connection") : Task.FromResult(StepResult.Of("out", ["item"], ("n", 2)));
            });

        var done = await host.RunAsync("probe", "probe-1", Input);

        var result = done.ReadOutputAs<StepResult>()!;
        Assert.Equal(("out", "item", 2L), (result.Output, Assert.Single(result.Items), result.Counts["n"]));
        Assert.Equal(3, calls.Count);
        Assert.All(calls, call => Assert.Equal(("probe", 7, "campaigns/x.json", "a,b"), (call.Name, call.Version, call.Campaign, string.Join(',', call.Inputs))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task RunStep_FailsAtEveryAttempt_FailsTheInstanceWithStepAndReason(int attempts)
    {
        var calls = 0;
        await using var host = await DurableHost.StartAsync(
            [new Probe((context, _) => context.RunStepAsync(Call, Quick with { Attempts = attempts }))],
            (_, _) =>
            {
                calls++;
                throw new StoreException("disk full");
            });

        var done = await host.RunAsync("probe", "probe-1", Input);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("step probe: disk full", done.FailureDetails!.ErrorMessage);
        Assert.True(done.FailureDetails.IsCausedBy<StepFailedException>());
        Assert.Equal(attempts, calls);
    }

    [Fact]
    public async Task RunStep_NoDelayBetweenAttempts_IsTriedAgain()
    {
        var calls = 0;
        await using var host = await DurableHost.StartAsync(
            [new Probe((context, _) => context.RunStepAsync(Call, new RetryRule(2, TimeSpan.Zero, 1, TimeSpan.Zero)))],
            (_, _) => ++calls < 2 ? throw new StoreException("no connection") : Task.FromResult(StepResult.Of("out")));

        var done = await host.RunAsync("probe", "probe-1", Input);

        Assert.Equal("out", done.ReadOutputAs<StepResult>()!.Output);
    }

    [Fact]
    public async Task RunStep_Failed_CanBeCaughtByTheWorkflow()
    {
        await using var host = await DurableHost.StartAsync(
            [new Probe(async (context, _) =>
            {
                var fault = await Assert.ThrowsAsync<StepFailedException>(() => context.RunStepAsync(Call, Quick with { Attempts = 1 }));
                return StepResult.Of(fault.Message);
            })],
            (_, _) => throw new StoreException("disk full"));

        var done = await host.RunAsync("probe", "probe-1", Input);

        Assert.Equal("step probe: disk full", done.ReadOutputAs<StepResult>()!.Output);
    }

    [Fact]
    public async Task RunChild_OneFails_NamesTheChildAndItsStep()
    {
        var child = new Probe((context, _) => context.RunStepAsync(Call, Quick with { Attempts = 1 }), "child");
        var parent = new Probe(async (context, input) =>
        {
            var fault = await Assert.ThrowsAsync<StepFailedException>(() => context.RunChildAsync("child", context.InstanceId + "-child", input));
            return StepResult.Of(fault.Message);
        });
        await using var host = await DurableHost.StartAsync([parent, child], (_, _) => throw new StoreException("disk full"));

        var done = await host.RunAsync("probe", "probe-1", Input);

        Assert.Equal("step probe-1-child: step probe: disk full", done.ReadOutputAs<StepResult>()!.Output);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.CompletionAsync("probe-1-child")).RuntimeStatus);
    }

    [Fact]
    public async Task RunChild_ContinuesAsNew_GivesItsLastResult()
    {
        var child = new Probe(
            (_, input) => Task.FromResult(input.References.Count < 4
                ? WorkflowOutcome.Continue(input with { References = [.. input.References, "more"] })
                : WorkflowOutcome.Done(StepResult.Of(string.Join(',', input.References)))),
            "child");
        var parent = new Probe((context, input) => context.RunChildAsync("child", "the-child", input));
        await using var host = await DurableHost.StartAsync([parent, child], (_, _) => throw new InvalidOperationException("no step"));

        var done = await host.RunAsync("probe", "probe-1", Input);

        Assert.Equal("reference,more,more,more", done.ReadOutputAs<StepResult>()!.Output);
    }

    [Fact]
    public async Task WaitUntil_ATimeAhead_EndsNotBefore()
    {
        await using var host = await DurableHost.StartAsync(
            [new Probe(async (context, _) =>
            {
                var until = context.CurrentTime.AddMilliseconds(300);
                await context.WaitUntilAsync(until);
                return StepResult.Of(context.CurrentTime >= until ? "in time" : "too early", ("offset", context.CurrentTime.Offset.Ticks));
            })],
            (_, _) => throw new InvalidOperationException("no step"));

        var done = await host.RunAsync("probe", "probe-1", Input);

        Assert.Equal("in time", done.ReadOutputAs<StepResult>()!.Output);
        Assert.Equal(0, done.ReadOutputAs<StepResult>()!.Counts["offset"]);
    }

    [Fact]
    public async Task WaitForEvent_EventsBeforeAnybodyWaits_ComeInTheirOrder()
    {
        await using var host = await DurableHost.StartAsync(
            [new Probe(async (context, _) =>
            {
                await context.RunStepAsync(Call, Quick);
                return StepResult.Of(await context.WaitForEventAsync("word") + "," + await context.WaitForEventAsync("word"));
            })],
            (_, _) => gated.Task);
        await host.ScheduleAsync("probe", "probe-1", Input);
        await host.Client.WaitForInstanceStartAsync("probe-1");
        await host.Client.RaiseEventAsync("probe-1", "word", "first");
        await host.Client.RaiseEventAsync("probe-1", "word", "second");
        gated.SetResult(StepResult.Of("out"));

        var done = await host.CompletionAsync("probe-1");

        Assert.Equal("first,second", done.ReadOutputAs<StepResult>()!.Output);
    }

    [Fact]
    public async Task Log_WorkflowIsReplayed_WritesTheLineOnce()
    {
        using var lines = new Lines();
        using var logs = LoggerFactory.Create(builder => builder.AddProvider(lines));
        await using var host = await DurableHost.StartAsync(
            [new Probe(async (context, _) =>
            {
                context.Log("before the steps");
                await context.RunStepAsync(Call, Quick);
                await context.RunStepAsync(Call, Quick);
                context.Log("after the steps");
                return StepResult.Of("out");
            })],
            (_, _) => Task.FromResult(StepResult.Of("out")),
            logs);

        await host.RunAsync("probe", "probe-1", Input);

        Assert.Equal(["probe-1: before the steps", "probe-1: after the steps"], lines.Of(typeof(DurableWorkflowContext).FullName!));
    }

    [Fact]
    public async Task Run_UnknownWorkflow_FailsNamingTheKnownOnes()
    {
        await using var host = await DurableHost.StartAsync([new Probe((_, _) => Task.FromResult(StepResult.Of("out")))], (_, _) => throw new InvalidOperationException("no step"));

        var done = await host.RunAsync("prob", "probe-1", Input);

        Assert.Equal("there is no workflow 'prob'; the workflows here are probe", done.FailureDetails!.ErrorMessage);
    }

    private sealed class Probe(Func<IWorkflowContext, WorkflowInput, Task<WorkflowOutcome>> run, string name = "probe") : IWorkflow
    {
        public Probe(Func<IWorkflowContext, WorkflowInput, Task<StepResult>> run, string name = "probe")
            : this(async (context, input) => WorkflowOutcome.Done(await run(context, input)), name)
        {
        }

        public string Name => name;

        public Task<WorkflowOutcome> RunAsync(IWorkflowContext context, WorkflowInput input) => run(context, input);
    }

    private sealed class Lines : ILoggerProvider
    {
        private readonly List<(string Category, string Line)> lines = [];

        public IReadOnlyList<string> Of(string category)
        {
            lock (lines)
            {
                return [.. lines.Where(line => line.Category == category).Select(line => line.Line)];
            }
        }

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Lines all, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                lock (all.lines)
                {
                    all.lines.Add((category, formatter(state, exception)));
                }
            }
        }
    }
}
