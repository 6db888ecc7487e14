using System.Text.Json;
using System.Text.RegularExpressions;
using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>What the tool graph reads out of a tool: its parameters without boilerplate, and the things it is about.</summary>
internal static partial class ToolReading
{
    /// <summary>Words that say where a thing stands or how much of it, not what it is; no entity is named so.</summary>
    private static readonly HashSet<string> NoEntity = new(StringComparer.Ordinal)
    {
        "api", "apis", "rest", "v", "status", "state", "detail", "details", "summary", "count", "info", "information", "me", "self",
        "current",
        "all", "new", "latest", "recent", "active", "available", "total", "single", "multiple", "many", "one", "list", "data", "result",
        "json", "xml", "public",
        "private", "internal", "id", "name", "bulk", "batch", "by",
    };

    /// <summary>Words that end the part of a name which says what it is about: <c>list_loans_by_member</c> is about loans.</summary>
    private static readonly HashSet<string> Prepositions = new(StringComparer.Ordinal)
    {
        "by", "for", "of", "from", "in", "on", "at", "with", "without", "to", "into", "via", "per", "using",
    };

    /// <summary>Parameters by name, boilerplate left out, in the document's order.</summary>
    public static IEnumerable<(string Name, JsonElement Schema)> Parameters(ToolSpec tool)
    {
        if (tool.Parameters.ValueKind != JsonValueKind.Object
            || !tool.Parameters.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var property in properties.EnumerateObject())
        {
            if (!IsTrue(property.Value, "x-boilerplate"))
            {
                yield return (property.Name, property.Value);
            }
        }
    }

    /// <summary>A text member of a schema, or null.</summary>
    public static string? Text(JsonElement schema, string member) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The literal segments of the path, outermost first; none for a function.</summary>
    public static IEnumerable<string> Segments(ToolSpec tool) =>
        (tool.Path ?? string.Empty).Split(['/', '#', '?'], StringSplitOptions.RemoveEmptyEntries)
            .Where(segment => !segment.Contains('{', StringComparison.Ordinal) && !Version().IsMatch(segment));

    /// <summary>
    /// The entity a tool is about, as singular words: of a path its last segment that names a thing (<c>/books/{id}/renew</c>:
    /// <c>book</c>), otherwise
    /// of the name what stands between verb and preposition (<c>list_order_items_by_date</c>: <c>order</c>, <c>item</c>). Empty if there is
    /// none.
    /// </summary>
    public static IReadOnlyList<string> Entity(ToolSpec tool)
    {
        foreach (var segment in Segments(tool).Reverse())
        {
            var words = SegmentWords(segment);
            if (words.Count > 0)
            {
                return words;
            }
        }

        return NameEntity(tool.Name);
    }

    /// <summary>All nouns of a tool's name and path, singular; repeats count.</summary>
    public static IEnumerable<string> Nouns(ToolSpec tool) =>
        Segments(tool).SelectMany(SegmentWords).Concat(Words.Nouns(tool.Name).Where(IsEntityWord));

    /// <summary>
    /// The words of a path segment or property that names a thing, singular; empty if it names an action or a view of one.
    /// </summary>
    public static IReadOnlyList<string> SegmentWords(string segment)
    {
        var tokens = Words.Tokens(segment);
        var isAction = tokens.Count == 1 && Words.IsVerb(tokens[0]);
        // "securityClassification-6VMVochwUWo": a literal key, drawn by a machine, that says nothing to a person.
        var isDrawn = tokens.Count > 4 && tokens.Any(token => char.IsDigit(token[0]));
        return isAction || isDrawn ? [] : [.. tokens.Select(Words.Singular).Where(IsEntityWord)];
    }

    /// <summary>Whether a schema's member is the literal true.</summary>
    public static bool IsTrue(JsonElement schema, string member) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.True;

    private static IReadOnlyList<string> NameEntity(string name)
    {
        var tokens = Words.Tokens(name);
        var start = tokens.Count > 1 && Words.IsVerb(tokens[0]) ? 1 : 0;
        var words = new List<string>();
        foreach (var token in tokens.Skip(start))
        {
            if (Prepositions.Contains(token))
            {
                if (words.Count > 0)
                {
                    break;
                }

                continue;
            }

            if (IsEntityWord(token))
            {
                words.Add(Words.Singular(token));
            }
        }

        return words;
    }

    /// <summary><c>v1</c>, <c>v2alpha</c>, <c>v1beta1</c>, <c>v3.1</c>.</summary>
    [GeneratedRegex(@"^v\d+(\.\d+)*((alpha|beta|preview|rc|p)\d*)*$", RegexOptions.IgnoreCase)]
    private static partial Regex Version();

    private static bool IsEntityWord(string word) =>
        word.Length > 1 && !char.IsDigit(word[0]) && !NoEntity.Contains(word) && !Words.IsSmallWord(word);
}
