using AgentScaler.Json;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>
/// One workflow instance: nothing but a history. For each new event the workflow is run again from its beginning and must do again,
/// action by action, what is recorded.
/// </summary>
internal sealed class ReplayedInstance(IWorkflow workflow, string instanceId, WorkflowInput input, DateTimeOffset start)
{
    private readonly List<PumpContext> pumps = [];
    private readonly List<ReplayAction> pastGenerations = [];
    private readonly List<HistoryEvent> history = [];
    private IReadOnlyList<ReplayAction> recorded = [];
    private WorkflowInput input = input;

    public string InstanceId => instanceId;

    /// <summary>How often it continued as new.</summary>
    public int Generation { get; private set; }

    /// <summary>Its actions of all generations.</summary>
    public IEnumerable<ReplayAction> Actions => pastGenerations.Concat(recorded);

    /// <summary>Actions of this generation that wait for an answer, with their indices.</summary>
    public IReadOnlyList<(int Index, ReplayAction Action)> Outstanding { get; private set; } = [];

    /// <summary>Names of events it waits for.</summary>
    public IReadOnlyList<string> Waits { get; private set; } = [];

    public StepResult? Result { get; private set; }

    public StepFailedException? Failure { get; private set; }

    public bool HasEnded => Result is not null || Failure is not null;

    /// <summary>The first thing that came from another thread in any replay, also after its end.</summary>
    public string? Violation => pumps.Select(pump => pump.Violation).FirstOrDefault(violation => violation is not null);

    /// <summary>Runs up to the first wait.</summary>
    public void Start() => Advance();

    /// <summary>Records an event and replays.</summary>
    public void Add(HistoryEvent occurred)
    {
        history.Add(occurred);
        Advance();
    }

    private void Advance()
    {
        var (context, task) = Replay();
        Compare(context.Actions, isWhole: false);
        recorded = context.Actions;
        Outstanding = [.. context.Outstanding.Select(index => (index, recorded[index]))];
        Waits = context.Waits;
        if (!task.IsCompleted)
        {
            if (Outstanding.Count == 0 && Waits.Count == 0)
            {
                throw new NondeterminismException(
                    $"{instanceId}: after event {history.Count} the workflow awaits something, but all that its context gave is answered: a foreign await");
            }

            return;
        }

        // What was done since the last event has been done once only: do it again.
        Compare(Replay().Context.Actions, isWhole: true);
        End(context, task);
    }

    private void End(ReplayContext context, Task<WorkflowOutcome> task)
    {
        if (task.IsFaulted)
        {
            Failure = task.Exception.InnerException switch
            {
                StepFailedException failure => failure,
                NondeterminismException violation => throw violation,
                var fault => throw new InvalidOperationException($"{instanceId} threw {fault}", fault),
            };
            Outstanding = [];
            return;
        }

        var outcome = task.GetAwaiter().GetResult();
        if (Outstanding.FirstOrDefault(one => one.Action.Kind != "timer") is { Action: { } left })
        {
            throw new NondeterminismException($"{instanceId} ended while this was still under way: {left}");
        }

        if (outcome.Next is null)
        {
            Result = outcome.Result;
            Outstanding = [];
            return;
        }

        pastGenerations.AddRange(recorded);
        recorded = [];
        input = outcome.Next;
        var now = history.Count == 0 ? start : history[^1].Time;
        start = now;
        history.Clear();
        Generation++;
        Advance();
        foreach (var (name, payload) in context.Kept.TakeWhile(_ => !HasEnded))
        {
            Add(new HistoryEvent.Raised(now, name, payload));
        }
    }

    private (ReplayContext Context, Task<WorkflowOutcome> Task) Replay()
    {
        var before = SynchronizationContext.Current;
        var pump = new PumpContext();
        pumps.Add(pump);
        var context = new ReplayContext(pump, instanceId, start);
        SynchronizationContext.SetSynchronizationContext(pump);
        try
        {
            var task = workflow.RunAsync(context, ReplayContext.Copy(input));
            _ = task.ContinueWith(
                _ =>
                {
                    if (!pump.IsOwnThread)
                    {
                        pump.Note("the workflow ended on another thread: it left its context (ConfigureAwait(false), Task.Run)");
                    }
                },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            pump.Drain();
            foreach (var occurred in history)
            {
                context.Deliver(occurred);
                pump.Drain();
                ThrowIfViolated(pump);
            }

            ThrowIfViolated(pump);
            if (task.IsCompleted)
            {
                context.End(task.IsFaulted ? task.Exception.InnerException!.Message : CanonicalJson.Serialize(task.GetAwaiter().GetResult()));
            }

            return (context, task);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void ThrowIfViolated(PumpContext pump)
    {
        if (pump.Violation is { } violation)
        {
            throw new NondeterminismException($"{instanceId}: {violation}");
        }
    }

    private void Compare(IReadOnlyList<ReplayAction> replayed, bool isWhole)
    {
        for (var i = 0; i < Math.Max(recorded.Count, isWhole ? replayed.Count : 0); i++)
        {
            var was = i < recorded.Count ? recorded[i] : null;
            var now = i < replayed.Count ? replayed[i] : null;
            if (was != now)
            {
                throw new NondeterminismException(
                    $"{instanceId}: two replays of one history differ in action {i + 1}\n  recorded: {was?.ToString() ?? "nothing"}\n  replayed: {now?.ToString() ?? "nothing"}");
            }
        }
    }
}
