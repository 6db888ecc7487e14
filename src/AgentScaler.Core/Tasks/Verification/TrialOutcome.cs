namespace AgentScaler.Tasks.Verification;

/// <summary>What a sequence of calls came to, executed on the task's initial state.</summary>
/// <param name="Calls">In the order they were made.</param>
/// <param name="Said">What the agent told the user, one text; empty for nothing.</param>
/// <param name="FinalHash">State hash at the end.</param>
/// <param name="Abstained">Whether the agent asked for what is missing and declined what it must not do; true where the task has no such request.</param>
public sealed record TrialOutcome(IReadOnlyList<TrialCall> Calls, string Said, string FinalHash, bool Abstained = true);
