using System.Text.Json;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Reads members of a request's JSON; what is absent or null reads as null, what has another type is the request's fault.</summary>
internal static class Fields
{
    public static JsonElement? Get(this JsonElement from, string name, JsonValueKind kind, string path)
    {
        if (!from.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw Wrong(path + name, kind.ToString(), value);
    }

    public static JsonElement Required(this JsonElement from, string name, JsonValueKind kind, string path) =>
        from.Get(name, kind, path) ?? throw new ApiException(400, $"Missing required parameter: '{path}{name}'.", "missing_required_parameter", path + name);

    public static string? Text(this JsonElement from, string name, string path = "") => from.Get(name, JsonValueKind.String, path)?.GetString();

    public static double? Number(this JsonElement from, string name) => from.Get(name, JsonValueKind.Number, "")?.GetDouble();

    public static long? Whole(this JsonElement from, string name) => from.Get(name, JsonValueKind.Number, "") is not { } value ? null
        : value.TryGetInt64(out var whole) ? whole : throw Wrong(name, "Integer", value);

    public static int? Count(this JsonElement from, string name) => from.Whole(name) is not { } value ? null
        : value is > 0 and <= int.MaxValue ? (int)value : throw ApiException.BadRequest($"Invalid value for '{name}': {value} is not above 0.", name);

    public static bool? Flag(this JsonElement from, string name) => !from.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "Boolean", value),
    };

    public static ApiException Wrong(string path, string expected, JsonElement value) =>
        new(400, $"Invalid type for '{path}': expected {expected}, but got {value.ValueKind} instead.", "invalid_type", path);
}
