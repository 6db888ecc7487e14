using System.Text.Json;

namespace AgentScaler.Environments.Replay;

/// <summary>Reads the fields of a recorded row; what is missing or of the wrong kind is named.</summary>
public static class RecordedRow
{
    /// <summary>A field that must be there.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static JsonElement Required(this JsonElement row, string name, params ReadOnlySpan<JsonValueKind> kinds) =>
        row.Optional(name, kinds) ?? throw new FormatException($"expected the field '{name}'");

    /// <summary>A field, or null where it is missing.</summary>
    /// <exception cref="FormatException">It is of another kind.</exception>
    public static JsonElement? Optional(this JsonElement row, string name, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"expected an object with the field '{name}', found {row.ValueKind.ToString().ToLowerInvariant()}");
        }

        if (!row.TryGetProperty(name, out var value))
        {
            return null;
        }

        return kinds.IsEmpty || kinds.Contains(value.ValueKind)
            ? value
            : throw new FormatException($"field '{name}': found {value.ValueKind.ToString().ToLowerInvariant()}, which it can't be");
    }

    /// <summary>A text, or null where the field is missing.</summary>
    /// <exception cref="FormatException">It is no text.</exception>
    public static string? Text(this JsonElement row, string name) => row.Optional(name, JsonValueKind.String)?.GetString();

    /// <summary>A truth value, or null where the field is missing.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static bool? Flag(this JsonElement row, string name) => row.Optional(name, JsonValueKind.True, JsonValueKind.False)?.GetBoolean();
}
