using System.Text.Json;

namespace AgentScaler.Models.Clients;

/// <summary>Reads how many tokens a model takes out of what servers say of it; each has a name of its own for that.</summary>
internal static class ModelContext
{
    private static readonly string[] Names = ["max_model_len", "context_length", "context_window", "max_context_length", "n_ctx", "n_ctx_train"];

    /// <summary>The tokens, or null if the list does not say.</summary>
    /// <param name="list">What the endpoint lists (<c>GET models</c>).</param>
    /// <param name="model">The model's name there; a list of one model is of that model.</param>
    public static long? Read(BinaryData list, string model)
    {
        try
        {
            using var document = JsonDocument.Parse(list);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var models = data.EnumerateArray().ToList();
            var own = models.Where(entry => entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("id", out var id) && id.ValueEquals(model)).ToList();
            return own.Count > 0 ? Find(own[0]) : models.Count == 1 ? Find(models[0]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in Names)
        {
            if (value.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var tokens))
            {
                return tokens;
            }
        }

        return value.EnumerateObject().Select(member => Find(member.Value)).FirstOrDefault(tokens => tokens is not null);
    }
}
