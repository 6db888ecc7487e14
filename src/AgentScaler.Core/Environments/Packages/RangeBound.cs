namespace AgentScaler.Environments.Packages;

/// <summary>What a parameter bounds: rows are shown whose field lies on the right side of it.</summary>
/// <param name="Field">The field that is compared.</param>
/// <param name="Operator"><c>&gt;=</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&lt;</c>: field, operator, argument.</param>
public sealed record RangeBound(string Field, string Operator);
