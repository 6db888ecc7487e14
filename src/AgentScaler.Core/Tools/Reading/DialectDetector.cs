using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Tools.Csv;
using AgentScaler.Tools.Yaml;

namespace AgentScaler.Tools.Reading;

/// <summary>Tells a document's dialect from its content, names and endings count for nothing, and turns YAML and CSV into JSON.</summary>
internal static partial class DialectDetector
{
    /// <summary>What begins like JSON and is none, nor JSONL.</summary>
    public const string BrokenJson = "broken-json";

    /// <summary>What looks like YAML and is none.</summary>
    public const string BrokenYaml = "broken-yaml";

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

        return text.Span[start] is (byte)'{' or (byte)'[' ? OfJson(sha256, text, problems) : OfText(sha256, text, problems);
    }

    private static SourceDocument OfJson(string sha256, ReadOnlyMemory<byte> text, ProblemList problems)
    {
        var faults = new ProblemList();
        if (JsonText.TryParse(text, null, faults) is { } json)
        {
            return new SourceDocument(sha256, JsonDialect.Of(json.RootElement), text, json);
        }

        if (OfLines(new SourceDocument(sha256, "", text, null)) is { } dialect)
        {
            return new SourceDocument(sha256, dialect, text, null);
        }

        if (JsonText.TryParseLenient(text) is { } lenient)
        {
            foreach (var fault in faults.Listed)
            {
                problems.Add("json.lenient", fault.Place, fault.Found, "well-formed JSON; read with its comments and trailing commas passed over");
            }

            return new SourceDocument(sha256, JsonDialect.Of(lenient.RootElement), text, lenient);
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
            if (dialect != Dialect.Unknown)
            {
                return dialect;
            }
        }

        return first;
    }

    private static SourceDocument OfText(string sha256, ReadOnlyMemory<byte> text, ProblemList problems)
    {
        if (Archive.Kind(text.Span) is { } kind)
        {
            return new SourceDocument(sha256, kind, text, null);
        }

        var glimpse = Encoding.UTF8.GetString(text.Span[..Math.Min(text.Length, Glimpse)]);
        var first = glimpse.AsSpan().Trim();
        var end = first.IndexOf('\n');
        first = end < 0 ? first : first[..end];
        if (first.StartsWith("<"))
        {
            return new SourceDocument(sha256, "markup", text, null);
        }

        if (first.Count(',') >= 2 && !first.Contains(": ", StringComparison.Ordinal))
        {
            return OfLines(sha256, CsvText.ToJson(text, problems), "row", "csv");
        }

        if (!YamlStart().IsMatch(glimpse))
        {
            return new SourceDocument(sha256, Dialect.Unknown, text, null);
        }

        return YamlText.ToJson(text, problems) is { } json
            ? OfLines(sha256, json, "document", "yaml")
            : new SourceDocument(sha256, BrokenYaml, text, null);
    }

    /// <summary>A document that was turned into lines of JSON; a single line is a JSON document.</summary>
    private static SourceDocument OfLines(string sha256, ReadOnlyMemory<byte> lines, string unit, string otherwise)
    {
        var isSingle = lines.Span.Count((byte)'\n') == 1 && unit == "document";
        var json = isSingle ? JsonText.TryParse(lines, null, new ProblemList()) : null;
        var dialect = json is not null ? JsonDialect.Of(json.RootElement) : OfLines(new SourceDocument(sha256, "", lines, null)) ?? Dialect.Unknown;
        return new SourceDocument(sha256, dialect == Dialect.Unknown ? otherwise : dialect, lines, json, unit);
    }

    /// <summary>Comments, directives and markers, then a key or an item of a list.</summary>
    [GeneratedRegex(
        """\A(?:[ \t]*(?:#[^\n]*|%[^\n]*|---[ \t]*(?:#[^\n]*)?)?\r?\n)*(?:---[ \t]+)?[ \t]*(?:-[ \t]+\S|(?:'[^'\n]*'|"[^"\n]*"|[^\s'"\-?:,\[\]{}#&*!|>%@`<][^\n:]*|-?[\w$.\/-]+)[ ]*:(?:[ \t]|\r?\n|\z))""",
        RegexOptions.CultureInvariant)]
    private static partial Regex YamlStart();
}
