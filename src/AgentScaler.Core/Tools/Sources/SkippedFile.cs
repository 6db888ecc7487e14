namespace AgentScaler.Tools.Sources;

/// <summary>A file that was found but is not read.</summary>
/// <param name="Name">As <see cref="LocatedFile.Name"/>.</param>
/// <param name="Reason">Why, with the limit.</param>
public sealed record SkippedFile(string Name, string Reason);
