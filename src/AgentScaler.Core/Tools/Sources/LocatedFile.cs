namespace AgentScaler.Tools.Sources;

/// <summary>A file that holds a catalogue document.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">How people know it: its path below the source it was found in, with <c>/</c>.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Root">The folder that <paramref name="Name"/> starts from: references may lead to files below it.</param>
public sealed record LocatedFile(string Path, string Name, long Length, string Root);
