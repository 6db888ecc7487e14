namespace AgentScaler.Models.Structured;

/// <summary>What came of asking for structured output.</summary>
/// <param name="Value">The value; null if no reply could be used.</param>
/// <param name="Fault">Why the last reply could not be used; null if there is a value.</param>
/// <param name="Usage">Tokens of all replies; their number is how many calls were made.</param>
public sealed record StructuredReply<T>(T? Value, string? Fault, ModelUsage Usage)
    where T : class;
