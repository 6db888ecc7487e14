using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>One recorded answer of the world to an instance.</summary>
/// <param name="Time">When it came; the workflow's current time from then on.</param>
internal abstract record HistoryEvent(DateTimeOffset Time)
{
    /// <summary>A step or child ended with a result. <paramref name="Action"/> is the index of the action that asked for it.</summary>
    public sealed record Completed(DateTimeOffset Time, int Action, StepResult Result) : HistoryEvent(Time);

    /// <summary>A step or child failed.</summary>
    public sealed record Failed(DateTimeOffset Time, int Action, string Step, string Reason) : HistoryEvent(Time);

    /// <summary>A timer's time came.</summary>
    public sealed record Fired(DateTimeOffset Time, int Action) : HistoryEvent(Time);

    /// <summary>Somebody raised an event.</summary>
    public sealed record Raised(DateTimeOffset Time, string Name, string Payload) : HistoryEvent(Time);
}
