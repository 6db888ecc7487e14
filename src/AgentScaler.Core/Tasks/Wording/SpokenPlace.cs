namespace AgentScaler.Tasks.Wording;

/// <summary>Where a row belongs, as the user says it.</summary>
/// <param name="Stem">What kind of place it is, in words; null where <paramref name="Text"/> is a row's name in full.</param>
/// <param name="Text">Its name; null for the same place as before.</param>
internal sealed record SpokenPlace(string? Stem, string? Text);
