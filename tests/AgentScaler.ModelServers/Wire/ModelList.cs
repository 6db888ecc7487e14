using System.Text.Json;

namespace AgentScaler.ModelServers.Wire;

/// <summary>Writes the list of models.</summary>
internal static class ModelList
{
    public static ReadOnlyMemory<byte> Write(ChatServerOptions options) => JsonBytes.Write(options, Write);

    private static void Write(Utf8JsonWriter json, ChatServerOptions options)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var model in options.Models)
        {
            json.WriteStartObject();
            json.WriteString("id", model);
            json.WriteString("object", "model");
            json.WriteNumber("created", 0);
            json.WriteString("owned_by", "agentscaler");
            if (options.ContextLength is { } length)
            {
                json.WriteNumber("max_model_len", length);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
