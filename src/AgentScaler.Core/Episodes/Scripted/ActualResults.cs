using System.Text.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes.Scripted;

/// <summary>What the scripted agent has learnt in this episode: the results it really received, by slot.</summary>
internal sealed class ActualResults
{
    private readonly Dictionary<int, JsonElement> results = [];
    private readonly Dictionary<int, (string Message, string? Code)> errors = [];

    /// <summary>Remembers a result as it came in the transcript.</summary>
    public void Add(int slot, string content)
    {
        var value = Parse(content);
        if (ErrorMessage(value) is { } message)
        {
            errors[slot] = (message, value.GetProperty("error").TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String ? code.GetString() : null);
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
    public string? Error(int slot) => errors.GetValueOrDefault(slot).Message;

    /// <summary>The code of that error, or null.</summary>
    public string? ErrorCode(int slot) => errors.GetValueOrDefault(slot).Code;

    /// <summary>The result of a slot, or null.</summary>
    public JsonElement? Result(int slot) => results.TryGetValue(slot, out var value) ? value : null;

    /// <summary>A value of a result, or null if the call failed, was not made, or shows no such value.</summary>
    public JsonElement? Find(int slot, string path) => results.TryGetValue(slot, out var value) ? ResultPath.Find(value, path) : null;

    /// <summary>What a field holds in the first row that was shown with a key, as text; null if no result shows both.</summary>
    public string? Beside(string key, string field) => results.OrderBy(result => result.Key).Select(result => Beside(result.Value, key, field)).FirstOrDefault(found => found is not null);

    private static string? Beside(JsonElement value, string key, string field)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(field, out var wanted) && wanted.ValueKind is JsonValueKind.String or JsonValueKind.Number
            && value.EnumerateObject().Any(property => property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && ScriptWriter.Text(property.Value) == key))
        {
            return ScriptWriter.Text(wanted);
        }

        var parts = value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Select(property => property.Value),
            JsonValueKind.Array => value.EnumerateArray(),
            _ => Enumerable.Empty<JsonElement>(),
        };
        return parts.Select(part => Beside(part, key, field)).FirstOrDefault(found => found is not null);
    }

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
