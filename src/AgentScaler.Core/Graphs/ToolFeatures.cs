using System.Globalization;
using System.Text.Json;
using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>
/// A tool as bags of weighted features: <c>w:</c> words, <c>p:</c> whole parameter names, <c>g:</c> character n-grams, <c>s:</c> the
/// provider.
/// </summary>
/// <param name="Parameters">What the parameter list says; empty for a tool without parameters.</param>
/// <param name="Nouns">What name and path are about; for a tool without parameters also the words of its description.</param>
/// <param name="Provider">Where it comes from.</param>
internal sealed record ToolFeatures(
    SortedDictionary<string, double> Parameters, SortedDictionary<string, double> Nouns, SortedDictionary<string, double> Provider)
{
    private const double ReferenceWeight = 1.5;
    private const double DescriptionWeight = 0.15;
    private const double LoneDescriptionWeight = 0.6;
    private const double EnumWeight = 0.15;
    private const double GramWeight = 0.3;
    private const double GenericWeight = 0.1;
    private const int GramLength = 4;
    private const int DescriptionWords = 25;
    private const int EnumValues = 20;

    private static readonly HashSet<string> IdWords = new(StringComparer.Ordinal) { "id", "uid", "uuid", "guid", "sid", "identifier" };

    /// <summary>Words that stand in parameters of anything. Frequency alone cannot tell in a small catalogue.</summary>
    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "id", "ids", "uid", "uuid", "guid", "sid", "key", "identifier", "name", "title", "status", "state", "type", "kind", "date", "time",
        "datetime",
        "timestamp", "limit", "offset", "page", "size", "per", "sort", "order", "filter", "query", "q", "search", "text", "value",
        "description", "note",
        "start", "end", "from", "to", "min", "max", "minimum", "maximum", "count", "number", "amount", "total", "created", "updated", "at",
        "is", "has", "code",
        "reason", "comment", "label", "tag", "url", "field", "data", "body", "content", "format", "include", "expand", "active", "enabled",
        "email", "phone",
        "new", "return", "list", "api", "unique", "string", "integer", "optional", "required", "default", "used", "use", "only", "which",
        "when", "will",
    };

    /// <summary>Reads a tool.</summary>
    public static ToolFeatures Of(ToolSpec tool)
    {
        var features = new ToolFeatures(
            new SortedDictionary<string, double>(StringComparer.Ordinal),
            new SortedDictionary<string, double>(StringComparer.Ordinal),
            new SortedDictionary<string, double>(StringComparer.Ordinal));
        foreach (var (name, schema) in ToolReading.Parameters(tool))
        {
            AddParameter(features.Parameters, name, schema);
        }

        foreach (var noun in ToolReading.Nouns(tool).Distinct(StringComparer.Ordinal))
        {
            AddWord(features.Nouns, noun, 1);
        }

        if (features.Parameters.Count == 0)
        {
            AddText(features.Nouns, tool.Description, LoneDescriptionWeight);
        }

        features.Provider["s:" + tool.Source.Provider] = 1;
        return features;
    }

    private static void AddParameter(SortedDictionary<string, double> bag, string name, JsonElement schema)
    {
        List<string> words = [.. Words.Tokens(name).Where(IsWord).Select(Words.Singular)];
        if (ToolReading.Text(schema, "x-segment") is { } segment)
        {
            // "/books/{id}" takes a book's id, and so does "book_id".
            var owner = ToolReading.SegmentWords(segment);
            words = [.. owner.Where(word => !words.Contains(word, StringComparer.Ordinal)), .. words];
        }

        if (words.Count == 0)
        {
            return;
        }

        // "due_date" says what a loan has, "borrower_id" what it belongs to: the second makes two tools one domain.
        var weight = words.Count > 1 && IdWords.Contains(words[^1]) ? ReferenceWeight : 1;
        Raise(bag, "p:" + string.Join('_', words), words.TrueForAll(Generic.Contains) ? GenericWeight : weight);
        foreach (var word in words)
        {
            AddWord(bag, word, weight);
            AddGrams(bag, word);
        }

        AddText(bag, ToolReading.Text(schema, "description"), DescriptionWeight);
        AddEnum(bag, schema);
    }

    private static void AddEnum(SortedDictionary<string, double> bag, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("enum", out var values) || values.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var value in values.EnumerateArray().Take(EnumValues))
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                Raise(bag, "e:" + value.GetString()!.ToLower(CultureInfo.InvariantCulture), EnumWeight);
            }
        }
    }

    private static void AddText(SortedDictionary<string, double> bag, string? text, double weight)
    {
        foreach (var word in Words.Tokens(text ?? string.Empty).Take(DescriptionWords).Where(IsWord))
        {
            AddWord(bag, Words.Singular(word), weight);
        }
    }

    private static void AddGrams(SortedDictionary<string, double> bag, string word)
    {
        if (word.Length <= GramLength || Generic.Contains(word))
        {
            return;
        }

        var count = word.Length - GramLength + 1;
        for (var i = 0; i < count; i++)
        {
            Raise(bag, "g:" + word.Substring(i, GramLength), GramWeight / Math.Sqrt(count));
        }
    }

    private static void AddWord(SortedDictionary<string, double> bag, string word, double weight) =>
        Raise(bag, "w:" + word, Generic.Contains(word) ? weight * GenericWeight : weight);

    /// <summary>A feature said twice weighs no more than its strongest mention: ten dates are no ten times as telling as one.</summary>
    private static void Raise(SortedDictionary<string, double> bag, string feature, double weight) =>
        bag[feature] = Math.Max(bag.GetValueOrDefault(feature), weight);

    private static bool IsWord(string token) => token.Length > 1 && !char.IsDigit(token[0]) && !Words.IsSmallWord(token);
}
