using System.IO.Enumeration;

namespace AgentScaler.Tools.Sources;

/// <summary>A path with <c>*</c>, <c>?</c> (within a segment) or <c>**</c> (any folders).</summary>
internal static class GlobPattern
{
    public static bool Is(string path) => path.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>The folder before the first segment with a wildcard, and the segments from there.</summary>
    public static (string Folder, string[] Segments) Split(string path)
    {
        var segments = path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        var first = Array.FindIndex(segments, Is);
        var folder = string.Join(Path.DirectorySeparatorChar, segments[..first]);
        return (folder.Length == 0 && first > 0 ? Path.DirectorySeparatorChar.ToString() : folder, segments[first..]);
    }

    /// <summary>Whether a relative path, in segments, fits the pattern.</summary>
    public static bool Fits(ReadOnlySpan<string> path, ReadOnlySpan<string> pattern)
    {
        if (pattern.IsEmpty)
        {
            return path.IsEmpty;
        }

        if (pattern[0] == "**")
        {
            return Fits(path, pattern[1..]) || (!path.IsEmpty && Fits(path[1..], pattern));
        }

        return !path.IsEmpty && FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Fits(path[1..], pattern[1..]);
    }
}
