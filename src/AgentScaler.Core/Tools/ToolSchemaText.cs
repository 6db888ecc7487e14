using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentScaler.Tools;

/// <summary>Strips our internal keywords (<c>x-in</c>, <c>x-segment</c>, ...) from schemas before anybody else sees them.</summary>
public static class ToolSchemaText
{
    /// <summary>Keywords whose members are names of properties or definitions, not keywords.</summary>
    private static readonly HashSet<string> Named = new(StringComparer.Ordinal) { "properties", "patternProperties", "$defs", "definitions", "dependentSchemas" };

    /// <summary>Keywords whose value is data, in which <c>x-</c> means nothing.</summary>
    private static readonly HashSet<string> Data = new(StringComparer.Ordinal) { "default", "const", "enum", "example", "examples" };

    /// <summary>The schema without keywords that begin with <c>x-</c>; a property called <c>x-request-id</c> stays.</summary>
    public static JsonElement Strip(JsonElement schema) => JsonSerializer.SerializeToElement(Schema(schema));

    private static JsonNode? Schema(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(value.EnumerateObject()
            .Where(keyword => !keyword.Name.StartsWith("x-", StringComparison.Ordinal))
            .Select(keyword => KeyValuePair.Create(keyword.Name, Keyword(keyword)))),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(Schema)]),
        _ => Copy(value),
    };

    private static JsonNode? Keyword(JsonProperty keyword) =>
        Data.Contains(keyword.Name) ? Copy(keyword.Value)
        : Named.Contains(keyword.Name) && keyword.Value.ValueKind == JsonValueKind.Object
            ? new JsonObject(keyword.Value.EnumerateObject().Select(named => KeyValuePair.Create(named.Name, Schema(named.Value))))
            : Schema(keyword.Value);

    private static JsonNode? Copy(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
