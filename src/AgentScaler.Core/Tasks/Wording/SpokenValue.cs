namespace AgentScaler.Tasks.Wording;

/// <summary>A value that the user states.</summary>
/// <param name="Name">What it is of, in words; null where the value speaks for itself (a row).</param>
/// <param name="Text">The value as it is said, with what was said wrongly before it where the user corrects itself.</param>
internal sealed record SpokenValue(string? Name, string Text);
