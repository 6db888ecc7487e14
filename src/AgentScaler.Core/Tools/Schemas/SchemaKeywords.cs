using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Json;
using AgentScaler.Tools.Reading;
using AgentScaler.Tools.Screening;

namespace AgentScaler.Tools.Schemas;

/// <summary>The keywords that are kept as they are, if they are what they should be.</summary>
internal static class SchemaKeywords
{
    /// <summary>Values kept of an enumeration.</summary>
    private const int MaximumEnum = 200;

    /// <summary>Longest default, example, enumeration value or pattern, in bytes of JSON.</summary>
    private const int MaximumValue = 500;

    /// <summary>Deepest default or example.</summary>
    private const int MaximumValueDepth = 8;

    public static void AddPlain(JsonObject result, MergedSchema schema, string? type, JsonPlace place, ProblemList problems)
    {
        if (PlainText.Of(schema.Text("description")) is { Length: > 0 } description)
        {
            result["description"] = description;
        }

        AddText(result, schema, "format");
        AddText(result, schema, "pattern");
        foreach (var keyword in (ReadOnlySpan<string>)["minimum", "maximum", "minLength", "maxLength"])
        {
            if (schema.Find(keyword, JsonValueKind.Number) is { } number)
            {
                result[keyword] = Plain(number);
            }
        }

        DropContradiction(result, "minimum", "maximum", place, problems);
        DropContradiction(result, "minLength", "maxLength", place, problems);

        if (schema.IsTrue("readOnly"))
        {
            result["readOnly"] = true;
        }

        AddValue(result, "default", schema.Find("default", ValueKinds), type);
        AddValue(result, "example", Example(schema), type);
    }

    /// <summary>Adds an example given beside the schema, as parameters have them, unless it does not fit.</summary>
    public static void AddExample(JsonObject result, JsonElement example) =>
        AddValue(result, "example", example, result["type"]?.GetValue<string>());

    /// <summary>Adds the enumeration: no nulls, no repeats, no value of another type, at most <see cref="MaximumEnum"/>.</summary>
    public static void AddEnum(JsonObject result, MergedSchema schema, ref string? type, JsonPlace place, ProblemList problems)
    {
        JsonElement[] values = schema.Find("enum", JsonValueKind.Array) is { } declared ? [.. declared.EnumerateArray()]
            : schema.Find("const", JsonValueKind.String, JsonValueKind.Number, JsonValueKind.True, JsonValueKind.False) is { } constant ? [constant]
            : [];
        var expected = type;
        if (values.Length > 0 && !values.Any(value => SchemaType.Fits(value, expected)))
        {
            // The values are what a service compares with; a type that fits none of them is the mistake.
            type = expected = values.Select(SchemaType.OfValue).FirstOrDefault(found => found is not null) ?? type;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new JsonArray();
        foreach (var value in values)
        {
            if (SchemaType.Fits(value, expected) && IsSmall(value) && seen.Add(CanonicalJson.Write(value)) && kept.Count < MaximumEnum)
            {
                kept.Add(Plain(value));
            }
        }

        if (kept.Count > 0)
        {
            result["enum"] = kept;
        }

        if (seen.Count > MaximumEnum)
        {
            result["x-enum-count"] = seen.Count;
            problems.Add("enum.truncated", place, $"{seen.Count} values", $"at most {MaximumEnum}; the first are kept");
        }
    }

    /// <summary>Bounds that no value lies between can't both be meant: neither is kept.</summary>
    private static void DropContradiction(JsonObject result, string least, string most, JsonPlace place, ProblemList problems)
    {
        if (result[least] is { } low && result[most] is { } high && low.GetValue<JsonElement>().GetDouble() > high.GetValue<JsonElement>().GetDouble())
        {
            problems.Add("schema.contradiction", place, $"{least} {low.ToJsonString()} and {most} {high.ToJsonString()}", $"a {least} no greater than the {most}; both are left out");
            result.Remove(least);
            result.Remove(most);
        }
    }

    private static ReadOnlySpan<JsonValueKind> ValueKinds =>
        [JsonValueKind.String, JsonValueKind.Number, JsonValueKind.True, JsonValueKind.False, JsonValueKind.Array, JsonValueKind.Object];

    private static JsonElement? Example(MergedSchema schema) =>
        schema.Find("example", ValueKinds)
        ?? (schema.Find("examples", JsonValueKind.Array) is { } examples && examples.GetArrayLength() > 0 ? examples[0] : null);

    private static void AddText(JsonObject result, MergedSchema schema, string keyword)
    {
        if (schema.Text(keyword) is { Length: > 0 and <= MaximumValue } text)
        {
            result[keyword] = text;
        }
    }

    private static void AddValue(JsonObject result, string keyword, JsonElement? value, string? type)
    {
        if (value is not { } found || !SchemaType.Fits(found, type) || !IsSmall(found))
        {
            return;
        }

        var plain = Plain(found);
        if (result["enum"] is not JsonArray allowed || allowed.Any(one => JsonNode.DeepEquals(one, plain)))
        {
            result[keyword] = plain;
        }
    }

    private static bool IsSmall(JsonElement value) =>
        JsonMarshal.GetRawUtf8Value(value).Length <= MaximumValue && IsShallow(value, MaximumValueDepth);

    private static bool IsShallow(JsonElement value, int levels) => value.ValueKind switch
    {
        JsonValueKind.Array => levels > 0 && value.EnumerateArray().All(item => IsShallow(item, levels - 1)),
        JsonValueKind.Object => levels > 0 && value.EnumerateObject().All(member => IsShallow(member.Value, levels - 1)),
        _ => true,
    };

    /// <summary>A copy that outlives the document; repeated keys, which a node would refuse, are resolved as everywhere: the last counts.</summary>
    private static JsonNode? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonValue.Create(value.GetString()),
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.GetBoolean()),
        _ => JsonNode.Parse(CanonicalJson.Write(value)),
    };
}
