using System.Text.Json;
using AgentScaler.Environments.Materialisation;

namespace AgentScaler.Environments.Calls;

/// <summary>Values that a tool's schema gives by itself, so that nobody needs to say them.</summary>
public static class ConstantValue
{
    /// <summary>The only value a schema allows: its <c>const</c>, or the one of its <c>enum</c>; null if there are more.</summary>
    public static JsonElement? Only(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object ? null
        : schema.TryGetProperty("const", out var only) ? only
        : schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() == 1 ? values[0]
        : null;

    /// <summary>The only value, or the default if it is an allowed one; null if the schema has neither.</summary>
    public static JsonElement? Of(JsonElement schema) => Only(schema)
        ?? (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("default", out var usual) && usual.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object or JsonValueKind.Array)
            && FieldSchemas.Allows(schema, usual) ? usual : null);
}
