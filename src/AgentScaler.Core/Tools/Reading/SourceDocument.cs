using System.Text.Json;

namespace AgentScaler.Tools.Reading;

/// <summary>A document whose dialect is known.</summary>
/// <param name="Sha256">Of its raw bytes.</param>
/// <param name="Text">Sound UTF-8; JSON if the document is YAML or CSV.</param>
/// <param name="Json">The one JSON value it holds, or null if there is one on each line.</param>
/// <param name="Unit">What a line of <paramref name="Text"/> is in the document: a line, a row, a document of a YAML stream.</param>
internal sealed record SourceDocument(string Sha256, string Dialect, ReadOnlyMemory<byte> Text, JsonDocument? Json, string Unit = "line") : IDisposable
{
    /// <summary>Deepest nesting that is read; deeper documents are hostile or broken.</summary>
    public const int MaximumDepth = 256;

    /// <summary>The files that the document may refer to, or null if it stands alone.</summary>
    public LinkedFiles? Files { get; init; }

    /// <summary>The provider of tools that name none: derived from content, so that file names shape nothing.</summary>
    public string DefaultProvider => "document-" + Sha256[..12];

    /// <summary>The values of the document, each with its place: the one root, or one a line; a bad line is a problem.</summary>
    public IEnumerable<(JsonElement Value, JsonPlace Place)> Values(ProblemList problems)
    {
        if (Json is not null)
        {
            yield return (Json.RootElement, JsonPlace.Root);
            yield break;
        }

        var number = 0;
        for (var rest = Text; !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            number++;
            if (line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                continue;
            }

            using var json = JsonText.TryParse(line, JsonPlace.Unit(Unit, number).ToString(), problems);
            if (json is not null)
            {
                yield return (json.RootElement, JsonPlace.Unit(Unit, number));
            }
        }
    }

    public void Dispose() => Json?.Dispose();
}
