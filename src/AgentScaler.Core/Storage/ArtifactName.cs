using System.Buffers;

namespace AgentScaler.Storage;

/// <summary>The names an artifact store takes, the same on a folder and in a blob container.</summary>
public static class ArtifactName
{
    private const int MaximumLength = 512;

    /// <summary>A segment is a file name, and file systems take 255 bytes.</summary>
    private const int MaximumSegment = 255;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/");

    /// <summary>Throws unless the name is an artifact name.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, has another character, or a segment that is empty or ends with <c>.</c>, which Windows and Blob drop.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > MaximumLength
            || name.AsSpan().ContainsAnyExcept(Allowed)
            || name.Split('/').Any(segment => segment.Length == 0 || segment.EndsWith('.') || segment.Length > MaximumSegment))
        {
            throw new ArgumentException(
                $"'{name}' is no artifact name: expected 1-{MaximumLength} characters of [A-Za-z0-9._-] in segments of 1-{MaximumSegment} separated by '/', none of them ending with '.'",
                nameof(name));
        }
    }

    /// <summary>Throws unless the text can be the beginning of an artifact name; the empty prefix is the beginning of all of them.</summary>
    /// <exception cref="ArgumentException">No artifact name begins so.</exception>
    public static void CheckPrefix(string prefix)
    {
        if (prefix.Length > MaximumLength
            || prefix.AsSpan().ContainsAnyExcept(Allowed)
            || prefix.Split('/').SkipLast(1).Any(segment => segment.Length == 0 || segment.EndsWith('.') || segment.Length > MaximumSegment))
        {
            throw new ArgumentException($"'{prefix}' begins no artifact name", nameof(prefix));
        }
    }
}
