using System.Text.Json;

namespace AgentScaler.Tools.Refinement;

/// <summary>Says which tools leave open what they do, take or give (paper: such descriptions are rewritten so that inputs and outputs are explicit).</summary>
internal static class VagueTools
{
    /// <summary>Fewer words than this say hardly more than the name does.</summary>
    private const int FewWords = 6;

    /// <summary>Whether a tool is vague: a short description, a parameter or a member of its result without description or type, or no result.</summary>
    public static bool Is(ToolSpec tool) =>
        IsShort(tool.Description) || Members(tool.Parameters).Any(member => !IsExplicit(member.Value))
        || tool.Returns is not { } returns || !HasType(returns) || SaysNothing(Row(returns)) || Members(Row(returns)).Any(member => !HasType(member.Value));

    /// <summary>Whether a description says hardly more than a name does.</summary>
    public static bool IsShort(string? description) => description is null || Words.Tokens(description).Count < FewWords;

    /// <summary>The properties of an object schema; none if it is no object.</summary>
    public static IEnumerable<JsonProperty> Members(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties.EnumerateObject() : [];

    private static JsonElement Row(JsonElement returns) => returns.ValueKind == JsonValueKind.Object && returns.TryGetProperty("items", out var items) ? items : returns;

    /// <summary>Whether a schema is that of an object of which no member is named.</summary>
    private static bool SaysNothing(JsonElement schema) => !Members(schema).Any()
        && schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "object";

    private static bool IsExplicit(JsonElement schema) => HasType(schema)
        && schema.TryGetProperty("description", out var description) && description.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(description.GetString());

    private static bool HasType(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && (schema.TryGetProperty("type", out _) || schema.TryGetProperty("enum", out _) || schema.TryGetProperty("properties", out _)
            || schema.TryGetProperty("anyOf", out _) || schema.TryGetProperty("oneOf", out _) || schema.TryGetProperty("allOf", out _));
}
