using System.Text.Json;

namespace AgentScaler.ModelServers.Wire;

/// <summary>What OpenAI demands of a schema that answers or arguments must fit strictly: objects are closed, and all their properties required.</summary>
internal static class StrictSchema
{
    private static readonly string[] Lists = ["anyOf", "allOf", "oneOf", "prefixItems"];
    private static readonly string[] Maps = ["properties", "$defs", "definitions"];

    /// <exception cref="ApiException">The schema is not so.</exception>
    public static void Check(JsonElement schema, string of, string param)
    {
        if (!IsObject(schema))
        {
            throw Invalid(of, param, "()", "schema must have type 'object'.");
        }

        Visit(schema, of, param, "");
    }

    private static void Visit(JsonElement schema, string of, string param, string context)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        if (IsObject(schema))
        {
            CheckObject(schema, of, param, $"({context})");
        }

        foreach (var map in Maps.Where(m => schema.TryGetProperty(m, out var value) && value.ValueKind is JsonValueKind.Object))
        {
            foreach (var entry in schema.GetProperty(map).EnumerateObject())
            {
                Visit(entry.Value, of, param, $"{context}/{map}/{entry.Name}");
            }
        }

        foreach (var list in Lists.Where(l => schema.TryGetProperty(l, out var value) && value.ValueKind is JsonValueKind.Array))
        {
            foreach (var entry in schema.GetProperty(list).EnumerateArray())
            {
                Visit(entry, of, param, $"{context}/{list}");
            }
        }

        if (schema.TryGetProperty("items", out var items))
        {
            Visit(items, of, param, $"{context}/items");
        }
    }

    private static void CheckObject(JsonElement schema, string of, string param, string context)
    {
        if (!schema.TryGetProperty("additionalProperties", out var additional) || additional.ValueKind is not JsonValueKind.False)
        {
            throw Invalid(of, param, context, "'additionalProperties' is required to be supplied and to be false.");
        }

        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind is not JsonValueKind.Object)
        {
            return;
        }

        var required = schema.TryGetProperty("required", out var names) && names.ValueKind is JsonValueKind.Array ? names.EnumerateArray().Select(n => n.ToString()).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject().Where(p => !required.Contains(p.Name)))
        {
            throw Invalid(of, param, context, $"'required' is required to be supplied and to be an array including every key in properties. Missing '{property.Name}'.");
        }
    }

    private static bool IsObject(JsonElement schema) => schema.TryGetProperty("type", out var type)
        && (type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Any(t => t.ValueEquals("object")) : type.ValueKind is JsonValueKind.String && type.ValueEquals("object"));

    private static ApiException Invalid(string of, string param, string context, string message) =>
        ApiException.BadRequest($"Invalid schema for {of}: In context={context}, {message}", param);
}
