namespace AgentScaler.Environments.Engine;

/// <summary>A row as a call left it.</summary>
/// <param name="Collection">The collection's place.</param>
/// <param name="Text">JSON text, or null where the row is deleted.</param>
/// <param name="IsCanonical">Whether the text is canonical as it stands; most rows' is.</param>
internal readonly record struct WrittenRow(int Collection, string Key, string? Text, bool IsCanonical);
