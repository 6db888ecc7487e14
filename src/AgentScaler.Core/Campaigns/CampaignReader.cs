using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AgentScaler.Json;

namespace AgentScaler.Campaigns;

/// <summary>Reads campaign documents: strict JSON, nothing misspelt, nothing out of range, and all errors told at once.</summary>
public static class CampaignReader
{
    private static readonly JsonDocumentOptions Strict = new() { CommentHandling = JsonCommentHandling.Disallow, AllowTrailingCommas = false };

    /// <summary>Reads a document; what it leaves out has its default.</summary>
    /// <param name="json">The document's text.</param>
    /// <param name="documentName">What errors call it, e.g. its path.</param>
    /// <exception cref="CampaignException">With all errors of the document.</exception>
    public static CampaignDocument Read(string json, string documentName) => Read(Encoding.UTF8.GetBytes(json), documentName);

    /// <inheritdoc cref="Read(string, string)"/>
    /// <param name="json">The document in UTF-8, with or without a byte order mark.</param>
    /// <exception cref="IOException">The stream can't be read.</exception>
    public static CampaignDocument Read(Stream json, string documentName)
    {
        using var bytes = new MemoryStream();
        json.CopyTo(bytes);
        return Read(bytes.ToArray(), documentName);
    }

    /// <summary>Reads the value of one member of a document; errors name its place in the document.</summary>
    /// <param name="json">The value's text.</param>
    /// <param name="path">Names of members from the document's root to the value.</param>
    /// <exception cref="CampaignException">With all errors of the value.</exception>
    public static CampaignDocument ReadMember(string json, string documentName, params IReadOnlyList<string> path)
    {
        try
        {
            // One value and nothing behind it: what follows would be read as part of the document around it.
            using var value = JsonDocument.Parse(json, Strict);
        }
        catch (JsonException e)
        {
            throw new CampaignException(documentName, [SyntaxError(e)]);
        }

        return Read(string.Concat(path.Select(name => $"{{\"{name}\":")) + json + new string('}', path.Count), documentName);
    }

    private static CampaignDocument Read(ReadOnlyMemory<byte> bytes, string documentName)
    {
        if (bytes.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        if (!Utf8.IsValid(bytes.Span))
        {
            throw new CampaignException(documentName, [new CampaignError("$", "bytes that are not UTF-8", "a JSON document in UTF-8")]);
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            var errors = new List<CampaignError>();
            CampaignCheck.Check(document.RootElement, typeof(CampaignDocument), "$", null, errors);
            var campaign = errors.Count == 0 ? document.RootElement.Deserialize<CampaignDocument>(ArtifactJson.Options)! : null;
            if (campaign is not null)
            {
                ModelsCheck.Check(campaign, errors);
                QuotaCheck.Check(campaign.Identity, errors);
            }

            return errors.Count == 0 ? campaign! : throw new CampaignException(documentName, errors);
        }
        catch (JsonException e)
        {
            throw new CampaignException(documentName, [SyntaxError(e)]);
        }
    }

    private static CampaignError SyntaxError(JsonException fault)
    {
        var line = (fault.LineNumber ?? 0) + 1;
        var column = (fault.BytePositionInLine ?? 0) + 1;
        var end = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = (end < 0 ? fault.Message : fault.Message[..end]).TrimEnd('.');
        return new CampaignError(
            string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}"), $"no valid JSON ({reason})", "a JSON document without comments and trailing commas");
    }
}
