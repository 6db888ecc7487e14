using System.Text.Json;

namespace AgentScaler.Tools.Reading;

/// <summary>
/// The files of one source that refer to each other, as one of them sees them. Only files that were given can be reached: references that
/// lead out of the source, absolute paths and addresses are refused.
/// </summary>
/// <param name="main">The document's own name among the files.</param>
/// <param name="parsed">The files' values, shared by all documents of the source.</param>
internal sealed class LinkedFiles(string main, ParsedFiles parsed)
{
    /// <summary>The document's own name.</summary>
    public string Main => main;

    /// <summary>Where a relative reference leads.</summary>
    /// <param name="from">The file it stands in, or null for the document.</param>
    /// <param name="path">The reference without its fragment.</param>
    public FileLink Link(string? from, string path)
    {
        if (RelativePath.Resolve(from ?? main, path) is not { } file)
        {
            return new FileLink(null, "a relative reference to a file below the source; not followed");
        }

        return parsed.Contains(file)
            ? new FileLink(file)
            : new FileLink(null, $"a file '{ProblemList.Excerpt(file)}' among the source's files; it is left out", IsMissing: true);
    }

    /// <summary>A file's value, or null if it is neither JSON nor YAML.</summary>
    public JsonElement? Open(string file) => parsed.Open(file);
}
