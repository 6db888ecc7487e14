using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentScaler.Environments.Packages;

/// <summary>A key value as the state stores it: text as it is, a number by its digits.</summary>
internal static class StoredKey
{
    /// <summary>The stored form of a key or reference.</summary>
    public static string Of(JsonElement key) => key.ValueKind == JsonValueKind.String ? key.GetString()! : key.GetRawText();

    /// <summary>The stored form of a key or reference.</summary>
    public static string Of(JsonNode key) => key.GetValueKind() == JsonValueKind.String ? key.GetValue<string>() : key.ToJsonString();
}
