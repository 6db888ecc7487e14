namespace AgentScaler.Tools.Sources;

/// <summary>A file that holds a catalogue document.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">How people know it: its path below the source it was found in, with <c>/</c>.</param>
/// <param name="Length">Its size in bytes.</param>
public sealed record LocatedFile(string Path, string Name, long Length);
