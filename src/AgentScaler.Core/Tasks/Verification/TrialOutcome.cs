namespace AgentScaler.Tasks.Verification;

/// <summary>What a sequence of calls came to, executed on the task's initial state.</summary>
/// <param name="Calls">In the order they were made.</param>
/// <param name="Said">What the agent told the user, one text; empty for nothing.</param>
/// <param name="FinalHash">State hash at the end.</param>
public sealed record TrialOutcome(IReadOnlyList<TrialCall> Calls, string Said, string FinalHash);
