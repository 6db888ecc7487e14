using System.Text.Json;

namespace AgentScaler.Graphs;

/// <summary>
/// Reads from JSON Schemas what matching needs, tolerant of what real documents hold: boolean schemas, missing types, type lists,
/// alternatives.
/// </summary>
internal static class SchemaReading
{
    private static readonly string[] Alternatives = ["allOf", "anyOf", "oneOf"];

    /// <summary>The scalar types a schema admits.</summary>
    public static ValueTypes Types(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return ValueTypes.Any;
        }

        if (schema.TryGetProperty("type", out var type))
        {
            return type.ValueKind switch
            {
                JsonValueKind.String => Named(type.GetString()!),
                JsonValueKind.Array => type.EnumerateArray()
                    .Where(item => item.ValueKind == JsonValueKind.String)
                    .Aggregate(ValueTypes.None, (types, item) => types | Named(item.GetString()!)),
                _ => ValueTypes.Any,
            };
        }

        var branches = Branches(schema).ToArray();
        return branches.Length > 0 ? branches.Aggregate(ValueTypes.None, (types, branch) => types | Types(branch))
            : schema.TryGetProperty("properties", out _) || schema.TryGetProperty("items", out _) ? ValueTypes.None
            : ValueTypes.Any;
    }

    /// <summary>Whether a value of the one may be given where the other is taken.</summary>
    public static bool IsCompatible(ValueTypes given, ValueTypes taken) =>
        (given & taken) != 0 || (given.HasFlag(ValueTypes.Integer) && taken.HasFlag(ValueTypes.Number));

    /// <summary>The schemas a schema is made of or chooses between.</summary>
    public static IEnumerable<JsonElement> Branches(JsonElement schema) =>
        Alternatives.SelectMany(word =>
            schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(word, out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().ToArray()
                : []);

    /// <summary>The schema of an array's items, or null if it is no array.</summary>
    public static JsonElement? Items(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object
            ? items
            : null;

    /// <summary>Whether a schema lists its values or takes a date: such a value identifies nothing.</summary>
    public static bool IsListedOrDate(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && (schema.TryGetProperty("enum", out _)
            || schema.TryGetProperty("const", out _)
            || ToolReading.Text(schema, "format") is "date" or "date-time" or "time");

    private static ValueTypes Named(string type) => type switch
    {
        "string" => ValueTypes.Text,
        "integer" => ValueTypes.Integer,
        "number" => ValueTypes.Integer | ValueTypes.Number,
        _ => ValueTypes.None,
    };
}
