using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Environments.Materialisation.Values;

namespace AgentScaler.Environments.Materialisation;

/// <summary>The schema of a field's value, cut to what rows, programs and validation need.</summary>
internal static class FieldSchemas
{
    /// <summary>Levels of nested objects and arrays that fields keep; deeper ones are free-form.</summary>
    public const int Depth = 6;

    private static readonly string[] Kept =
        ["type", "enum", "format", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "required", SpecTidier.HeededPattern];

    /// <summary>Copies a property's schema without prose, patterns and extensions; null if it says nothing about the value.</summary>
    public static JsonElement? Of(JsonElement schema) =>
        Copy(schema, Depth) is { } copy ? JsonSerializer.SerializeToElement(copy) : null;

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

    /// <summary>Whether a value is among those an <c>enum</c> allows, or there is none.</summary>
    public static bool Allows(JsonElement schema, JsonElement value) =>
        schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("enum", out var values) || values.ValueKind != JsonValueKind.Array
        || values.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value));

    /// <summary>The bounds of a field that its parameter does not have, or has wider: <c>minimum</c>, <c>maximum</c>, <c>minLength</c>, <c>maxLength</c>.</summary>
    public static IReadOnlyList<(string Keyword, JsonElement Value)> NarrowerBounds(JsonElement parameter, JsonElement field)
    {
        string[] keywords = ResultReader.TypeOf(field) switch
        {
            "integer" or "number" => ["minimum", "maximum"],
            "string" => ["minLength", "maxLength"],
            _ => [],
        };
        return [.. keywords.Where(keyword => Number(field, keyword) is { } held
            && (Number(parameter, keyword) is not { } taken || (keyword.StartsWith("min", StringComparison.Ordinal) ? taken < held : taken > held)))
            .Select(keyword => (keyword, field.GetProperty(keyword)))];
    }

    /// <summary>The schema of values that a parameter takes and a field can hold: the parameter's, with the field's enums and bounds where they are narrower.</summary>
    public static JsonElement Narrow(JsonElement parameter, JsonElement field)
    {
        var narrow = JsonNode.Parse(parameter.GetRawText());
        Narrow(narrow, field);
        return JsonSerializer.SerializeToElement(narrow);
    }

    private static void Narrow(JsonNode? parameter, JsonElement field)
    {
        if (parameter is not JsonObject schema || field.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (EnumOf(field) is { Count: > 0 } held)
        {
            var both = schema["enum"] is JsonArray taken ? held.Where(value => taken.Any(item => item is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() == value)).ToList() : held;
            if (both.Count > 0)
            {
                schema["enum"] = new JsonArray([.. both.Select(value => JsonValue.Create(value))]);
            }
        }

        foreach (var (keyword, value) in NarrowerBounds(JsonSerializer.SerializeToElement(schema), field))
        {
            schema[keyword] = JsonNode.Parse(value.GetRawText());
        }

        foreach (var property in ResultReader.Properties(field))
        {
            Narrow(schema["properties"]?[property.Name], property.Value);
        }

        if (field.TryGetProperty("items", out var items))
        {
            Narrow(schema["items"], items);
        }
    }

    /// <summary>A number that a schema gives under a keyword, or null.</summary>
    public static double? Number(JsonElement schema, string keyword) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

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

        if (SchemaExamples.Copy(schema) is { } examples)
        {
            copy["examples"] = examples;
        }

        if (ResourceName.FormOf(schema) is { } form)
        {
            copy[ResourceName.Keyword] = form;
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
