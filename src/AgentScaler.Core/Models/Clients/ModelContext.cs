using System.Text.Json;

namespace AgentScaler.Models.Clients;

/// <summary>Reads how many tokens a model takes out of what servers say of it; each has a name of its own for that.</summary>
internal static class ModelContext
{
    private static readonly string[] Names = ["max_model_len", "context_length", "context_window", "max_context_length", "n_ctx", "n_ctx_train"];

    /// <summary>The tokens, or null if the description does not say.</summary>
    public static long? Read(BinaryData description)
    {
        try
        {
            using var document = JsonDocument.Parse(description);
            return Find(document.RootElement);
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
