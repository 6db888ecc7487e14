using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AgentScaler.Determinism;

namespace AgentScaler.Environments.Materialisation.Values;

/// <summary>The example values that a schema gives, and variations of them.</summary>
internal static partial class SchemaExamples
{
    private const int Most = 6;

    private static readonly string[] Placeholders = ["string", "text", "foo", "bar", "example", "test", "value", "abc", "xxx", "null", "none", "n/a", "id", "name"];

    /// <summary>The scalar examples and the default of a schema, without placeholders; at most six.</summary>
    public static IReadOnlyList<JsonElement> Of(JsonElement schema)
    {
        var found = new List<JsonElement>();
        foreach (var keyword in new[] { "examples", "example", "x-example", "default" })
        {
            if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty(keyword, out var value))
            {
                continue;
            }

            found.AddRange(value.ValueKind switch
            {
                JsonValueKind.Array => value.EnumerateArray(),
                JsonValueKind.Object => value.EnumerateObject().Select(item => item.Value.ValueKind == JsonValueKind.Object && item.Value.TryGetProperty("value", out var inner) ? inner : item.Value),
                _ => [value],
            });
        }

        if (found.Count == 0)
        {
            found.AddRange(Described(schema));
        }

        return [.. found.Where(IsTelling).DistinctBy(value => value.GetRawText()).Take(Most)];
    }

    /// <summary>The examples that a description quotes: <c>for example "en-US"</c>, <c>e.g. `eu-west-1`</c>.</summary>
    private static IEnumerable<JsonElement> Described(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && ResultReader.TypeOf(schema) == "string"
        && schema.TryGetProperty("description", out var description) && description.ValueKind == JsonValueKind.String
            ? Quoted().Matches(description.GetString()!).Select(match => JsonSerializer.SerializeToElement(match.Groups["value"].Value))
            : [];

    [GeneratedRegex("""\b(e\.g\.|for example|for instance|example|such as)[:,]?\s*(is\s+)?(?<quote>[`"'])(?<value>[^`"'{}<>\n]{2,60})\k<quote>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    /// <summary>The examples as an array, or null if there are none.</summary>
    public static JsonArray? Copy(JsonElement schema) =>
        Of(schema) is { Count: > 0 } found ? new JsonArray([.. found.Select(value => JsonNode.Parse(value.GetRawText()))]) : null;

    /// <summary>A text like the examples: one of several, or the only one with other numbers in it.</summary>
    public static string? Text(JsonElement schema, SeededRandom random)
    {
        var texts = Of(schema).Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!).ToList();
        if (texts.Count == 0)
        {
            return null;
        }

        var text = random.Pick(texts);
        return texts.Count > 1 ? text : Vary(text, random);
    }

    /// <summary>Other digits in every run of three and more, unless the text holds a date.</summary>
    private static string Vary(string text, SeededRandom random)
    {
        var varied = text.ToCharArray();
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end - start == 4 && end < text.Length && text[end] is '-' or '/')
            {
                return text;
            }

            for (var i = end - start >= 3 ? start + 1 : end; i < end; i++)
            {
                varied[i] = (char)('0' + random.Next(10));
            }

            start = Math.Max(start, end);
        }

        return new string(varied);
    }

    private static bool IsTelling(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => true,
        JsonValueKind.String => value.GetString() is { Length: > 0 and <= 100 } text && !text.Contains('\n', StringComparison.Ordinal)
            && text.IndexOfAny(['{', '<', '}']) < 0 && !Placeholders.Contains(text.ToLowerInvariant()),
        _ => false,
    };
}
