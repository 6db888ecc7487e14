namespace AgentScaler.Tasks;

/// <summary>What became of an intent that a person gave.</summary>
/// <param name="Place">File and place: <c>intents.json, $[3].requests[0].calls[1]</c>.</param>
/// <param name="Task">The task made of it, or null.</param>
/// <param name="Reason">A reason code where there is no task, else null.</param>
/// <param name="Detail">What was expected and what was found, for a person; empty where there is a task.</param>
public sealed record IntentOutcome(string Place, string? Task, string? Reason, string Detail);
