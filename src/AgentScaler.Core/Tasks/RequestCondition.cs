namespace AgentScaler.Tasks;

/// <summary>What decides which of two things the user wants done: a value of the state that the agent has to look at.</summary>
/// <param name="Call">The 0-based gold call that shows it.</param>
/// <param name="Path">Dotted path in that call's result.</param>
/// <param name="Value">The value that the user names, text.</param>
/// <param name="Holds">Whether it is the one that stands there: then gold does what the user names first.</param>
/// <param name="Otherwise">The call that would be right in the other case; it would succeed too, so only the state says which is right. Never executed, without a result.</param>
public sealed record RequestCondition(int Call, string Path, string Value, bool Holds, GoldCall Otherwise);
