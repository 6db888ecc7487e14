using System.Buffers;

namespace AgentScaler.Storage;

/// <summary>The names an artifact store takes, the same on a folder and in a blob container.</summary>
public static class ArtifactName
{
    private const int MaximumLength = 512;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/");

    /// <summary>Throws unless the name is an artifact name.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, has another character, or a segment that is empty, <c>.</c> or <c>..</c>.</exception>
    public static void Check(string name)
    {
        if (name.Length is 0 or > MaximumLength
            || name.AsSpan().ContainsAnyExcept(Allowed)
            || name.Split('/').Any(segment => segment is "" or "." or ".."))
        {
            throw new ArgumentException(
                $"'{name}' is no artifact name: expected 1-{MaximumLength} characters of [A-Za-z0-9._-] in segments separated by '/', none of them empty, '.' or '..'",
                nameof(name));
        }
    }
}
