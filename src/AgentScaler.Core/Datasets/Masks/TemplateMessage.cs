using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Masks;

/// <summary>A message as templates see it.</summary>
internal sealed record TemplateMessage
{
    /// <summary><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Its text; empty where there is none.</summary>
    public string Content { get; init; } = string.Empty;

    /// <summary>The assistant's reasoning; null where there is none.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The assistant's calls.</summary>
    public IReadOnlyList<TemplateCall> Calls { get; init; } = [];

    /// <summary>The call that a tool's message answers.</summary>
    public string? Answers { get; init; }

    /// <summary>Whether the loss covers it: an assistant message that does not say <c>train: false</c>.</summary>
    public bool Train { get; init; }

    /// <summary>The messages of a record.</summary>
    /// <exception cref="RecordFormatException">Something in it is not what a record has there.</exception>
    public static List<TemplateMessage> Read(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object || !record.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array)
        {
            throw new RecordFormatException("$.messages", "expected a list of messages");
        }

        return [.. messages.EnumerateArray().Select((message, i) => ReadOne(message, $"$.messages[{i}]"))];
    }

    private static TemplateMessage ReadOne(JsonElement message, string path)
    {
        if (message.ValueKind != JsonValueKind.Object || Text(message, "role", path) is not { } role)
        {
            throw new RecordFormatException($"{path}.role", "expected a role");
        }

        return new TemplateMessage
        {
            Role = role,
            Content = Text(message, "content", path) ?? string.Empty,
            Reasoning = Text(message, "reasoning_content", path),
            Calls = ReadCalls(message, path),
            Answers = Text(message, "tool_call_id", path),
            Train = role == "assistant" && (!message.TryGetProperty("train", out var train) || train.ValueKind == JsonValueKind.True),
        };
    }

    private static IReadOnlyList<TemplateCall> ReadCalls(JsonElement message, string path)
    {
        if (!message.TryGetProperty("tool_calls", out var calls) || calls.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (calls.ValueKind != JsonValueKind.Array)
        {
            throw new RecordFormatException($"{path}.tool_calls", "expected a list of calls");
        }

        return [.. calls.EnumerateArray().Select((call, i) =>
        {
            var place = $"{path}.tool_calls[{i}]";
            return call.ValueKind == JsonValueKind.Object && call.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
                && Text(function, "name", place) is { } name && function.TryGetProperty("arguments", out var arguments)
                ? new TemplateCall(Text(call, "id", place) ?? string.Empty, name, arguments)
                : throw new RecordFormatException(place, "expected {id, function: {name, arguments}}");
        })];
    }

    private static string? Text(JsonElement parent, string name, string path)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : throw new RecordFormatException($"{path}.{name}", "expected text");
    }
}
