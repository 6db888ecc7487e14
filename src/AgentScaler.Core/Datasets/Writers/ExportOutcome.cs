namespace AgentScaler.Datasets.Writers;

/// <summary>What came of exporting one format.</summary>
/// <param name="Format">The format's name.</param>
/// <param name="Manifest">Its manifest; null if the dataset has nothing to make it from.</param>
/// <param name="UpToDate">Whether it was there already, made from the same dataset by the same version.</param>
/// <param name="Missing">What the dataset lacks for it, a path; null if it has a manifest.</param>
public sealed record ExportOutcome(string Format, ExportManifest? Manifest, bool UpToDate, string? Missing);
