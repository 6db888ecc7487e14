namespace AgentScaler.Tasks;

/// <summary>A fact that must reach the user.</summary>
/// <param name="Text">The fact as text: strings as they are, numbers as they stand in the result.</param>
/// <param name="Call">The 0-based gold call whose result shows it.</param>
/// <param name="Path">Dotted path in that result, array positions as numbers.</param>
public sealed record RequiredOutput(string Text, int Call, string Path);
