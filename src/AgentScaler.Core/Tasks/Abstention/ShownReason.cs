namespace AgentScaler.Tasks.Abstention;

/// <summary>Where the agent can see that a rule forbids a call.</summary>
/// <param name="Call">The 0-based gold call.</param>
/// <param name="Path">Dotted path in its result.</param>
/// <param name="Value">What stands there, text.</param>
public sealed record ShownReason(int Call, string Path, string Value);
