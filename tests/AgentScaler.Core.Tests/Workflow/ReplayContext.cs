using AgentScaler.Json;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>What a workflow sees during one replay: it notes every action and answers only from the history.</summary>
internal sealed class ReplayContext(PumpContext pump, string instanceId, DateTimeOffset start) : IWorkflowContext
{
    private readonly List<ReplayAction> actions = [];
    private readonly SortedDictionary<int, TaskCompletionSource<StepResult>> results = [];
    private readonly SortedDictionary<int, TaskCompletionSource> timers = [];
    private readonly List<(string Name, TaskCompletionSource<string> Answer)> waits = [];
    private readonly List<(string Name, string Payload)> kept = [];
    private DateTimeOffset time = start;
    private int delivered;

    /// <summary>All actions so far, in order.</summary>
    public IReadOnlyList<ReplayAction> Actions => actions;

    /// <summary>Indices of the steps, children and timers that have no answer yet.</summary>
    public IReadOnlyList<int> Outstanding => [.. results.Keys.Concat(timers.Keys).Order()];

    /// <summary>Names of the events somebody waits for.</summary>
    public IReadOnlyList<string> Waits => [.. waits.Select(wait => wait.Name)];

    /// <summary>Events nobody has waited for yet; a continuation takes them along.</summary>
    public IReadOnlyList<(string Name, string Payload)> Kept => kept;

    public string InstanceId => Guarded(instanceId);

    public DateTimeOffset CurrentTime => Guarded(time);

    public Task<StepResult> RunStepAsync(StepCall call, RetryRule retry) => Ask("step", new StepRequest(call, retry));

    public Task<StepResult> RunChildAsync(string workflow, string instanceId, WorkflowInput input) =>
        Ask("child", new ChildRequest(workflow, instanceId, input));

    public Task WaitUntilAsync(DateTimeOffset time)
    {
        var index = Note("timer", time);
        return (timers[index] = new TaskCompletionSource()).Task;
    }

    public Task<string> WaitForEventAsync(string name)
    {
        Note("wait", name);
        var answer = new TaskCompletionSource<string>();
        if (kept.FindIndex(one => one.Name == name) is var first && first >= 0)
        {
            answer.SetResult(kept[first].Payload);
            kept.RemoveAt(first);
        }
        else
        {
            waits.Add((name, answer));
        }

        return answer.Task;
    }

    public void SetStatus(WorkflowStatus status) => Note("status", status);

    public void Log(string message) => Note("log", message);

    /// <summary>Gives the workflow one event; completions run on at once, on this thread.</summary>
    public void Deliver(HistoryEvent occurred)
    {
        delivered++;
        time = occurred.Time;
        switch (occurred)
        {
            case HistoryEvent.Completed completed:
                Take(results, completed.Action).SetResult(Copy(completed.Result));
                break;
            case HistoryEvent.Failed failed:
                Take(results, failed.Action).SetException(new StepFailedException(failed.Step, failed.Reason));
                break;
            case HistoryEvent.Fired fired:
                Take(timers, fired.Action).SetResult();
                break;
            case HistoryEvent.Raised raised when waits.FindIndex(wait => wait.Name == raised.Name) is var first && first >= 0:
                var answer = waits[first].Answer;
                waits.RemoveAt(first);
                answer.SetResult(raised.Payload);
                break;
            case HistoryEvent.Raised raised:
                kept.Add((raised.Name, raised.Payload));
                break;
        }
    }

    /// <summary>Notes how the workflow ended.</summary>
    public void End(string outcome) => Note("outcome", outcome);

    /// <summary>A value as it would arrive over the wire.</summary>
    public static T Copy<T>(T value) =>
        System.Text.Json.JsonSerializer.Deserialize<T>(System.Text.Json.JsonSerializer.Serialize(value, ArtifactJson.Options), ArtifactJson.Options)!;

    /// <summary>The answer that belongs to an action; a history with another one was recorded by another run of the code.</summary>
    private T Take<T>(SortedDictionary<int, T> waiting, int action) =>
        waiting.Remove(action, out var source)
            ? source
            : throw new NondeterminismException($"{instanceId}: the history answers action {action}, which this replay has not asked for");

    private Task<StepResult> Ask(string kind, object request)
    {
        var index = Note(kind, request);
        return (results[index] = new TaskCompletionSource<StepResult>()).Task;
    }

    private int Note<T>(string kind, T content)
    {
        actions.Add(new ReplayAction(delivered, kind, CanonicalJson.Serialize<object>(Guarded(content)!)) { Request = content });
        return actions.Count - 1;
    }

    private T Guarded<T>(T value)
    {
        if (pump.IsOwnThread)
        {
            return value;
        }

        var violation = $"{instanceId}: the context was used on another thread: the workflow left it (ConfigureAwait(false), Task.Run)";
        pump.Note(violation);
        throw new NondeterminismException(violation);
    }
}
