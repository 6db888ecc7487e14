using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>
/// The rules chat templates and fine-tuning services set for one conversation: system first, user and assistant in turn, every call
/// answered once by a tool message right after it, the assistant's message last, loss on the assistant only. A call that the environment
/// refused as invalid stands with its error; its arguments cannot fit.
/// </summary>
internal sealed class ConversationCheck(IReadOnlyDictionary<string, JsonSchema> tools, Action<string, string> report)
{
    private static readonly string[] Keys = ["role", "content", "reasoning_content", "tool_calls", "tool_call_id", "name", "train"];

    private readonly Dictionary<string, (string Tool, JsonElement Arguments, string Path)> open = new(StringComparer.Ordinal);
    private string next = "system";
    private string? last;

    /// <summary>Checks the next message.</summary>
    public void Next(JsonElement message, string path)
    {
        if (message.ValueKind != JsonValueKind.Object || Text(message, "role") is not { } role)
        {
            report(path + ".role", "expected a message with a role");
            return;
        }

        foreach (var property in message.EnumerateObject().Where(property => !Keys.Contains(property.Name, StringComparer.Ordinal)))
        {
            report($"{path}.{property.Name}", $"expected one of {string.Join(", ", Keys)}");
        }

        if (!message.TryGetProperty("train", out var train) || train.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            report(path + ".train", "expected true or false");
        }
        else if (train.GetBoolean() && role != "assistant")
        {
            report(path + ".train", $"expected false on a message of '{role}'");
        }

        last = role;
        if (role == "tool")
        {
            Result(message, path);
            return;
        }

        Unanswered();
        if (role != next)
        {
            report(path + ".role", $"expected '{next}', found '{role}'");
        }

        var calls = message.TryGetProperty("tool_calls", out var list) ? Calls(list, role, path) : 0;
        if (calls == 0 && string.IsNullOrWhiteSpace(Text(message, "content")))
        {
            report(path + ".content", "expected text or tool calls");
        }

        next = role is "system" or "assistant" && calls == 0 ? "user" : "assistant";
    }

    /// <summary>Checks the end of the conversation.</summary>
    public void End(string path)
    {
        Unanswered();
        if (last != "assistant")
        {
            report(path, $"expected the last message to be the assistant's, found '{last ?? "none"}'");
        }
    }

    private int Calls(JsonElement list, string role, string path)
    {
        if (role != "assistant" || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            report(path + ".tool_calls", "expected a list of calls, on assistant messages only");
            return 0;
        }

        for (var i = 0; i < list.GetArrayLength(); i++)
        {
            var place = $"{path}.tool_calls[{i}]";
            var call = list[i];
            if (call.ValueKind != JsonValueKind.Object || Text(call, "id") is not { } id || Text(call, "type") != "function"
                || !call.TryGetProperty("function", out var function) || function.ValueKind != JsonValueKind.Object || Text(function, "name") is not { } name)
            {
                report(place, "expected {id, type: \"function\", function: {name, arguments}}");
            }
            else if (!function.TryGetProperty("arguments", out var arguments) || arguments.ValueKind != JsonValueKind.Object)
            {
                report(place + ".function.arguments", "expected an object");
            }
            else if (!open.TryAdd(id, (name, arguments, place)))
            {
                report(place + ".id", $"expected each id once, found '{id}' again");
            }
        }

        return list.GetArrayLength();
    }

    private void Result(JsonElement message, string path)
    {
        if (Text(message, "tool_call_id") is not { } id || !open.Remove(id, out var call))
        {
            report(path + ".tool_call_id", "expected the id of a call that waits for its result");
            return;
        }

        if (Text(message, "name") != call.Tool)
        {
            report(path + ".name", $"expected '{call.Tool}', the tool that was called");
        }

        if (Text(message, "content") is not { } content)
        {
            report(path + ".content", "expected the result as text");
        }
        else if (!IsRefusal(content))
        {
            Arguments(call);
        }
    }

    private void Arguments((string Tool, JsonElement Arguments, string Path) call)
    {
        if (!tools.TryGetValue(call.Tool, out var schema))
        {
            report(call.Path + ".function.name", $"expected one of the record's tools, found '{call.Tool}'");
            return;
        }

        foreach (var error in schema.Validate(call.Arguments))
        {
            report(call.Path + ".function.arguments" + error.Path[1..], error.Message);
        }
    }

    private void Unanswered()
    {
        foreach (var (id, call) in open.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            report(call.Path, $"expected a tool message that answers '{id}'");
        }

        open.Clear();
    }

    /// <summary>A result is any text; only one that is an error object can be a refusal.</summary>
    private static bool IsRefusal(string content) =>
        JsonText.Read(content) is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("error", out var error)
        && error.ValueKind == JsonValueKind.Object && Text(error, "code") is "invalid_arguments" or "unknown_tool";

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
