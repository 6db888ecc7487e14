using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentScaler.Json;

/// <summary>Reads the keywords of one schema object; every complaint names the place.</summary>
internal readonly struct JsonSchemaReader
{
    private readonly JsonElement schema;
    private readonly string place;

    public JsonSchemaReader(JsonElement schema, string place)
    {
        this.schema = schema;
        this.place = place;
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True))
        {
            throw Complaint(place, "a schema, an object or true");
        }
    }

    public JsonTypes Types()
    {
        if (!TryGet("type", out var type))
        {
            return JsonTypes.Any;
        }

        var types = JsonTypes.None;
        var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().ToArray() : [type];
        foreach (var name in names)
        {
            var one = name.ValueKind == JsonValueKind.String ? JsonTypeNames.Parse(name.GetString()) : JsonTypes.None;
            types |= one != JsonTypes.None ? one : throw Complaint(place + ".type", "object, array, string, boolean, null, integer or number");
        }

        return TryGet("nullable", out var nullable) && nullable.ValueKind == JsonValueKind.True ? types | JsonTypes.Null : types;
    }

    /// <summary>The canonical texts of <c>enum</c> or <c>const</c>, or null.</summary>
    public string[]? Allowed()
    {
        if (TryGet("const", out var only))
        {
            return [CanonicalJson.Write(only)];
        }

        if (!TryGet("enum", out var values))
        {
            return null;
        }

        return values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => CanonicalJson.Write(value))]
            : throw Complaint(place + ".enum", "an array");
    }

    public string[] Names(string keyword)
    {
        if (!TryGet(keyword, out var names))
        {
            return [];
        }

        return names.ValueKind == JsonValueKind.Array && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!).Distinct(StringComparer.Ordinal)]
            : throw Complaint($"{place}.{keyword}", "an array of strings");
    }

    public IEnumerable<(string Name, JsonElement Schema, string Place)> Children(string keyword)
    {
        if (!TryGet(keyword, out var children))
        {
            return [];
        }

        var below = $"{place}.{keyword}";
        return children.ValueKind == JsonValueKind.Object
            ? children.EnumerateObject().Select(child => (child.Name, child.Value, JsonPath.Join(below, child.Name)))
            : throw Complaint(below, "an object");
    }

    public IEnumerable<(JsonElement Schema, string Place)> List(string keyword)
    {
        if (!TryGet(keyword, out var list))
        {
            return [];
        }

        var below = $"{place}.{keyword}";
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select((child, i) => (child, $"{below}[{i}]"))
            : throw Complaint(below, "an array");
    }

    /// <summary>The schema under a keyword; null if there is none, or if it is a boolean.</summary>
    public (JsonElement Schema, string Place)? Child(string keyword) =>
        TryGet(keyword, out var child) && child.ValueKind is not (JsonValueKind.True or JsonValueKind.False) ? (child, $"{place}.{keyword}") : null;

    public bool IsFalse(string keyword) => TryGet(keyword, out var value) && value.ValueKind == JsonValueKind.False;

    public int Count(string keyword, int otherwise)
    {
        if (!TryGet(keyword, out var value))
        {
            return otherwise;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var count) && count is >= 0 && double.IsInteger(count)
            ? (int)Math.Min(count, int.MaxValue)
            : throw Complaint($"{place}.{keyword}", "a whole number of at least 0");
    }

    public NumberRange Range()
    {
        var (minimum, minimumExcluded) = Bound("minimum", "exclusiveMinimum", double.NegativeInfinity, Math.Max);
        var (maximum, maximumExcluded) = Bound("maximum", "exclusiveMaximum", double.PositiveInfinity, Math.Min);
        return new NumberRange(minimum, minimumExcluded, maximum, maximumExcluded);
    }

    /// <summary>The compiled pattern; null where there is none or only a backtracking engine could match it.</summary>
    public (Regex? Pattern, string? Text) Pattern()
    {
        if (!TryGet("pattern", out var value))
        {
            return (null, null);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            throw Complaint(place + ".pattern", "a string");
        }

        var text = value.GetString()!;
        try
        {
            return (new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), text);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // Documented on JsonSchema: such a pattern is an annotation.
            return (null, text);
        }
    }

    private (double Bound, bool Excluded) Bound(string keyword, string exclusive, double none, Func<double, double, double> tighter)
    {
        var bound = TryGet(keyword, out var inclusive) ? Number(keyword, inclusive) : none;
        if (!TryGet(exclusive, out var value))
        {
            return (bound, false);
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return (bound, value.ValueKind == JsonValueKind.True);
        }

        var excluded = Number(exclusive, value);
        return (tighter(bound, excluded), tighter(bound, excluded).Equals(excluded));
    }

    private double Number(string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Complaint($"{place}.{keyword}", "a number");

    private bool TryGet(string keyword, out JsonElement value)
    {
        value = default;
        return schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out value);
    }

    private static JsonException Complaint(string place, string expected) => new($"{place}: expected {expected}");
}
