using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Tools;

/// <summary>
/// Files of one source that refer to each other, by their names below it. It is stored like a document, as canonical JSON, so that an import
/// depends on bytes and relative names alone.
/// </summary>
/// <param name="Files">Name below the source, with <c>/</c>, to the SHA-256 of the file's bytes.</param>
public sealed record DocumentFolder(SortedDictionary<string, string> Files)
{
    private const string Kind = "agentscaler-folder";

    /// <summary>The folder as a document.</summary>
    public CatalogueDocument ToDocument() =>
        CatalogueDocument.Of(System.Text.Encoding.UTF8.GetBytes(CanonicalJson.Serialize(new Written(Kind, Files))));

    /// <summary>How a folder starts; other documents may as well.</summary>
    public static ReadOnlySpan<byte> Start => "{\"files\":{"u8;

    /// <summary>The folder that a document is, or null if it is another document.</summary>
    public static DocumentFolder? TryRead(ReadOnlySpan<byte> bytes)
    {
        // Canonical JSON sorts its keys, so that only few documents need parsing.
        if (!bytes.StartsWith(Start) || !bytes.EndsWith("\"kind\":\"agentscaler-folder\"}"u8))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Written>(bytes, ArtifactJson.Options) is { Kind: Kind, Files: { } files }
                ? new DocumentFolder(new SortedDictionary<string, string>(files, StringComparer.Ordinal))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Written(string Kind, SortedDictionary<string, string> Files);
}
