using System.Text.Json;
using System.Text.Json.Nodes;

namespace AgentScaler.ModelServers.Faults;

/// <summary>Arguments of which each has another type than it had.</summary>
internal static class WrongTypes
{
    /// <summary>The arguments changed, or null where they are no object with members.</summary>
    public static string? Of(string arguments)
    {
        JsonObject? read;
        try
        {
            read = JsonNode.Parse(arguments) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }

        if (read is not { Count: > 0 })
        {
            return null;
        }

        var changed = new JsonObject();
        foreach (var (name, value) in read)
        {
            changed[name] = value?.GetValueKind() switch
            {
                null => new JsonObject(),
                JsonValueKind.String => value.GetValue<string>().Length,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
                _ => JsonSerializer.Serialize(value),
            };
        }

        return changed.ToJsonString();
    }
}
