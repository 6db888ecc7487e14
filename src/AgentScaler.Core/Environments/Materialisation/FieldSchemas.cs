using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentScaler.Environments.Materialisation;

/// <summary>The schema of a field's value, cut to what rows, programs and validation need.</summary>
internal static class FieldSchemas
{
    private static readonly string[] Kept =
        ["type", "enum", "format", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "required"];

    /// <summary>Copies a property's schema without prose, patterns and extensions; null if it says nothing about the value.</summary>
    /// <param name="depth">Levels of nested objects and arrays kept; deeper ones become free-form.</param>
    public static JsonElement? Of(JsonElement schema, int depth = 3) =>
        Copy(schema, depth) is { } copy ? JsonSerializer.SerializeToElement(copy) : null;

    /// <summary>A string or integer schema, as keys and references have it.</summary>
    public static JsonElement Key(string type) => JsonSerializer.SerializeToElement(new JsonObject { ["type"] = type });

    /// <summary>A string schema restricted to some values.</summary>
    public static JsonElement Words(IEnumerable<string> values) => JsonSerializer.SerializeToElement(
        new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) });

    /// <summary>The string values of an <c>enum</c>; none if there is no such list.</summary>
    public static IReadOnlyList<string> EnumOf(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)]
            : [];

    private static JsonObject? Copy(JsonElement schema, int depth)
    {
        var type = ResultReader.TypeOf(schema);
        if (type is null && EnumOf(schema).Count == 0)
        {
            return null;
        }

        var copy = new JsonObject();
        foreach (var property in schema.EnumerateObject())
        {
            if (Kept.Contains(property.Name))
            {
                copy[property.Name] = JsonNode.Parse(property.Value.GetRawText());
            }
        }

        copy["type"] ??= type ?? "string";
        if (type == "array" && schema.TryGetProperty("items", out var items))
        {
            copy["items"] = (depth > 0 ? Copy(items, depth - 1) : null) ?? new JsonObject { ["type"] = "string" };
        }

        if (type == "object")
        {
            CopyProperties(schema, copy, depth);
        }

        return copy;
    }

    private static void CopyProperties(JsonElement schema, JsonObject copy, int depth)
    {
        var properties = new JsonObject();
        foreach (var property in depth > 0 ? ResultReader.Properties(schema) : [])
        {
            if (Copy(property.Value, depth - 1) is { } inner)
            {
                properties[property.Name] = inner;
            }
        }

        copy["properties"] = properties;
        if (copy["required"] is JsonArray required)
        {
            copy["required"] = new JsonArray([.. required.Where(name => properties.ContainsKey(name!.GetValue<string>())).Select(name => name!.DeepClone())]);
        }
    }
}
