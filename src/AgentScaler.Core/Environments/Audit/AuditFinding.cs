namespace AgentScaler.Environments.Audit;

/// <summary>Something wrong with a tool.</summary>
/// <param name="Reason">A reason code, e.g. <c>audit.result-does-not-fit</c>, <c>audit.read-writes</c>.</param>
/// <param name="Detail">One line for a person: the call and what was expected.</param>
public sealed record AuditFinding(string Reason, string Detail);
