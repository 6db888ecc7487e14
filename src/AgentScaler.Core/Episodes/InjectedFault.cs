namespace AgentScaler.Episodes;

/// <summary>The label of an injected mistake.</summary>
/// <param name="Kind">What was done wrong.</param>
/// <param name="GoldCall">The 0-based gold call it was applied to, or null.</param>
/// <param name="Detail">What exactly, e.g. <c>title: "A" instead of "B"</c>.</param>
public sealed record InjectedFault(FaultKind Kind, int? GoldCall, string Detail);
