using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentScaler.Tools.Reading;

/// <summary>Tells a document's dialect from its content: names and endings count for nothing.</summary>
internal static partial class DialectDetector
{
    /// <summary>What begins like JSON and is none, nor JSONL.</summary>
    public const string BrokenJson = "broken-json";

    /// <summary>How much of a document that is no JSON is looked at, in bytes.</summary>
    private const int Glimpse = 1 << 16;

    /// <summary>How many rows of JSONL are looked at before it is given up.</summary>
    private const int Rows = 20;

    public static SourceDocument Detect(string sha256, ReadOnlyMemory<byte> text, ProblemList problems)
    {
        var start = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return new SourceDocument(sha256, "empty", text, null);
        }

        if (text.Span[start] is not ((byte)'{' or (byte)'['))
        {
            return new SourceDocument(sha256, OfText(text.Span), text, null);
        }

        var faults = new ProblemList();
        if (JsonText.TryParse(text, null, faults) is { } json)
        {
            return new SourceDocument(sha256, JsonDialect.Of(json.RootElement), text, json);
        }

        if (OfLines(new SourceDocument(sha256, "", text, null)) is { } dialect)
        {
            return new SourceDocument(sha256, dialect, text, null);
        }

        foreach (var fault in faults.Listed)
        {
            problems.Add(fault.Code, fault.Place, fault.Found, fault.Expected);
        }

        return new SourceDocument(sha256, BrokenJson, text, null);
    }

    /// <summary>The dialect of the first known row, if the text is JSONL: of its first two rows at least one must be an object.</summary>
    private static string? OfLines(SourceDocument lines)
    {
        string? first = null;
        var faults = new ProblemList();
        foreach (var (value, place) in lines.Values(faults).Take(Rows))
        {
            if (first is null && (value.ValueKind != JsonValueKind.Object || faults.Count > 1))
            {
                return null;
            }

            var dialect = JsonDialect.Of(value);
            first ??= dialect;
            if (dialect != JsonDialect.Unknown)
            {
                return dialect;
            }
        }

        return first;
    }

    private static string OfText(ReadOnlySpan<byte> text)
    {
        var glimpse = Encoding.UTF8.GetString(text[..Math.Min(text.Length, Glimpse)]);
        if (OpenApiYaml().IsMatch(glimpse))
        {
            return "openapi-3-yaml";
        }

        if (SwaggerYaml().IsMatch(glimpse))
        {
            return "openapi-2-yaml";
        }

        var first = glimpse.AsSpan().Trim();
        var end = first.IndexOf('\n');
        first = end < 0 ? first : first[..end];
        return first.StartsWith("<") ? "markup"
            : first.Count(',') >= 2 && !first.Contains(": ", StringComparison.Ordinal) ? "csv"
            : YamlKey().IsMatch(glimpse) ? "yaml"
            : JsonDialect.Unknown;
    }

    [GeneratedRegex("""^['"]?openapi['"]?:[ ]*['"]?3""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex OpenApiYaml();

    [GeneratedRegex("""^['"]?swagger['"]?:[ ]*['"]?2""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex SwaggerYaml();

    [GeneratedRegex("""\A(?:(?:#[^\n]*|---[ ]*)?\r?\n)*['"]?[A-Za-z_][\w.-]*['"]?:(?:[ ][^\n]*)?\r?(?:\n|\z)""", RegexOptions.CultureInvariant)]
    private static partial Regex YamlKey();
}
