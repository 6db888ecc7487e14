using System.Text;

namespace AgentScaler.Tools.Reading;

/// <summary>Finds references to other files in a text of JSON or YAML without parsing it.</summary>
internal static class FileReferences
{
    /// <summary>Longest reference that is looked at, in bytes.</summary>
    private const int MaximumLength = 1000;

    /// <summary>The names below the source that a file's references stand for, each once; some may be of no file.</summary>
    /// <param name="name">The file's own name.</param>
    /// <param name="text">Sound UTF-8.</param>
    public static IEnumerable<string> Of(string name, ReadOnlySpan<byte> text) =>
        Paths(text).Select(path => RelativePath.Resolve(name, path)).OfType<string>().Where(target => target != name).Distinct(StringComparer.Ordinal);

    private static HashSet<string> Paths(ReadOnlySpan<byte> text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var next = text.IndexOf("$ref"u8); next >= 0; next = text.IndexOf("$ref"u8))
        {
            text = text[(next + 4)..];
            var value = text[..Math.Min(text.Length, MaximumLength)].TrimStart("'\" \t:"u8);
            var end = value.IndexOfAny("'\"#\r\n,} \t"u8);
            if (end > 0)
            {
                found.Add(Encoding.UTF8.GetString(value[..end]).Replace("\\/", "/", StringComparison.Ordinal));
            }
        }

        return found;
    }
}
