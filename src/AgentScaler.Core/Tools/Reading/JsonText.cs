using System.Text.Json;

namespace AgentScaler.Tools.Reading;

/// <summary>JSON parsing whose errors are problems with a place.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = SourceDocument.MaximumDepth };

    private static readonly JsonDocumentOptions Lenient =
        new() { MaxDepth = SourceDocument.MaximumDepth, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Parses one value.</summary>
    /// <param name="linePlace">The line, if the text is one line of JSONL; null if lines count within the text.</param>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> text, string? linePlace, ProblemList problems)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException e)
        {
            Report(e, linePlace, problems);
            return null;
        }
    }

    /// <summary>Parses a value with comments and trailing commas, or gives null.</summary>
    public static JsonDocument? TryParseLenient(ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonDocument.Parse(text, Lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Parses a value that stands in a string, or gives null.</summary>
    public static JsonElement? TryParseInner(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void Report(JsonException error, string? linePlace, ProblemList problems)
    {
        var place = FormattableString.Invariant(
            $"{linePlace ?? FormattableString.Invariant($"line {(error.LineNumber ?? 0) + 1}")}, byte {(error.BytePositionInLine ?? 0) + 1}");
        var message = error.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var found = (end < 0 ? message : message[..end]).Replace(" Change the reader options.", "", StringComparison.Ordinal);
        if (found.Contains("maximum configured depth", StringComparison.Ordinal))
        {
            problems.Add("json.too-deep", place, "deeper nesting", $"at most {SourceDocument.MaximumDepth} levels; not read");
        }
        else
        {
            problems.Add("json.invalid", place, found, "well-formed JSON; not read");
        }
    }
}
