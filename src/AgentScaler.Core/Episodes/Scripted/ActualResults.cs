using System.Text.Json;

namespace AgentScaler.Episodes.Scripted;

/// <summary>What the scripted agent has learnt in this episode: the results it really received, by slot.</summary>
internal sealed class ActualResults
{
    private readonly Dictionary<int, JsonElement> results = [];
    private readonly Dictionary<int, string> errors = [];

    /// <summary>Remembers a result as it came in the transcript.</summary>
    public void Add(int slot, string content)
    {
        var value = Parse(content);
        if (ErrorMessage(value) is { } message)
        {
            errors[slot] = message;
        }
        else
        {
            errors.Remove(slot);
            results[slot] = value;
        }
    }

    /// <summary>Whether the call of a slot gave a result.</summary>
    public bool Has(int slot) => results.ContainsKey(slot);

    /// <summary>The error the call of a slot ended with, or null.</summary>
    public string? Error(int slot) => errors.GetValueOrDefault(slot);

    /// <summary>The result of a slot, or null.</summary>
    public JsonElement? Result(int slot) => results.TryGetValue(slot, out var value) ? value : null;

    /// <summary>A value of a result, or null if the call failed, was not made, or shows no such value.</summary>
    public JsonElement? Find(int slot, string path) => results.TryGetValue(slot, out var value) ? ResultPath.Find(value, path) : null;

    private static JsonElement Parse(string content)
    {
        using var document = JsonDocument.Parse(content);
        return document.RootElement.Clone();
    }

    private static string? ErrorMessage(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 1
        && value.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
            ? message.GetString()
            : null;
}
