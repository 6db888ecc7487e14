using System.Text.Json;
using AgentScaler.Tools.Prose;

namespace AgentScaler.Tools.Schemas;

/// <summary>The type of a schema in normal form: one of JSON Schema's six without <c>null</c>, or null where anything goes.</summary>
internal static class SchemaType
{
    public static string? Of(MergedSchema schema)
    {
        if (schema.Find("type", JsonValueKind.String, JsonValueKind.Array) is { } type && Declared(type) is { } declared)
        {
            return declared;
        }

        if (Inferred(schema) is { } inferred)
        {
            return inferred;
        }

        return schema.Recursion is { ValueKind: JsonValueKind.Object } target && target.TryGetProperty("type", out var recursive)
            ? Declared(recursive)
            : null;
    }

    /// <summary>The type a value has.</summary>
    public static string? OfValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => IsWhole(value) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => null,
    };

    /// <summary>Whether a value is of a type; every value but null is of an unknown one.</summary>
    public static bool Fits(JsonElement value, string? type) =>
        OfValue(value) is { } actual && (type is null || type == actual || (type == "number" && actual == "integer"));

    private static string? Declared(JsonElement type) => type.ValueKind switch
    {
        JsonValueKind.String => ProseType.NameOf(type.GetString()!),
        JsonValueKind.Array => type.EnumerateArray()
            .Where(t => t.ValueKind == JsonValueKind.String)
            .Select(t => ProseType.NameOf(t.GetString()!))
            .FirstOrDefault(t => t is not null),
        _ => null,
    };

    private static string? Inferred(MergedSchema schema)
    {
        if (schema.Schema("properties") is not null || schema.Find("additionalProperties", JsonValueKind.Object) is not null)
        {
            return "object";
        }

        if (schema.Schema("items") is not null || schema.Schema("prefixItems") is not null)
        {
            return "array";
        }

        if (schema.Find("enum", JsonValueKind.Array) is { } values)
        {
            return values.EnumerateArray().Select(OfValue).FirstOrDefault(t => t is not null);
        }

        if (schema.Find("const", JsonValueKind.String, JsonValueKind.Number, JsonValueKind.True, JsonValueKind.False) is { } constant)
        {
            return OfValue(constant);
        }

        return schema.Schema("pattern") is not null || schema.Schema("minLength") is not null || schema.Schema("maxLength") is not null
            ? "string"
            : schema.Schema("minimum") is not null || schema.Schema("maximum") is not null ? "number" : null;
    }

    private static bool IsWhole(JsonElement number) => number.TryGetInt64(out _) || (number.TryGetDouble(out var value) && double.IsInteger(value));
}
