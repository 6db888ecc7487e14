namespace AgentScaler.Tools.Sources;

/// <summary>What the sources of a campaign hold.</summary>
/// <param name="Files">The files to read, each once, sorted by name and path.</param>
/// <param name="Skipped">The files that are not read, sorted by name.</param>
public sealed record LocatedSources(IReadOnlyList<LocatedFile> Files, IReadOnlyList<SkippedFile> Skipped);
