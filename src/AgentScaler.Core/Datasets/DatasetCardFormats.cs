namespace AgentScaler.Datasets;

/// <summary>The formats that stand beside a dataset.</summary>
/// <param name="Formats">Those in its card, sorted.</param>
/// <param name="Stale">Those made from other files than the dataset has now, sorted; they are not in the card.</param>
public sealed record DatasetCardFormats(IReadOnlyList<string> Formats, IReadOnlyList<string> Stale);
