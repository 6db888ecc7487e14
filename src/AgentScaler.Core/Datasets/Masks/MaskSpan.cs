namespace AgentScaler.Datasets.Masks;

/// <summary>A stretch of a text, in code points: what Python counts, so a character beyond the basic plane is one.</summary>
/// <param name="Start">The first code point.</param>
/// <param name="End">The one after the last; greater than <paramref name="Start"/>.</param>
public readonly record struct MaskSpan(int Start, int End);
