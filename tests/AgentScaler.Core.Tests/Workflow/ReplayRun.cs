using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>All that a run on the replaying host showed to the world.</summary>
/// <param name="Statuses">Statuses of the workflow itself, in order, as canonical JSON.</param>
/// <param name="Calls">All step calls of the workflow and its children, sorted, as canonical JSON.</param>
/// <param name="Logs">Log lines of the workflow itself, in order.</param>
/// <param name="Replays">How many times some instance was replayed for an event.</param>
internal sealed record ReplayRun(
    StepResult Result, IReadOnlyList<string> Statuses, IReadOnlyList<string> Calls, IReadOnlyList<string> Logs, int Replays);
