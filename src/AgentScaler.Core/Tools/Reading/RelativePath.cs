using System.Text.RegularExpressions;

namespace AgentScaler.Tools.Reading;

/// <summary>References from file to file, as names below one source.</summary>
internal static partial class RelativePath
{
    /// <summary>The name a relative reference stands for, or null if it is absolute, an address, or leads out of the source.</summary>
    /// <param name="from">The name of the file it stands in, with <c>/</c>.</param>
    /// <param name="path">The reference without its fragment; percent-escapes are undone.</param>
    public static string? Resolve(string from, string path)
    {
        path = Uri.UnescapeDataString(path.Split('?', 2)[0]).Replace('\\', '/');
        if (path.Length == 0 || path[0] == '/' || Scheme().IsMatch(path))
        {
            return null;
        }

        var folders = from.Split('/')[..^1].ToList();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..")
            {
                if (folders.Count == 0)
                {
                    return null;
                }

                folders.RemoveAt(folders.Count - 1);
            }
            else if (segment is not ("." or ""))
            {
                folders.Add(segment);
            }
        }

        return string.Join('/', folders);
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
