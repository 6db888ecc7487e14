using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Clients;

/// <summary>Checks that a body is an answer of the chat completions API, and evens out what servers do differently.</summary>
internal static class ChatAnswer
{
    private static readonly HashSet<string> Finishes = new(StringComparer.Ordinal)
    {
        ChatFinishReason.Stop.Value, ChatFinishReason.ToolCalls.Value, ChatFinishReason.Length.Value, ChatFinishReason.ContentFilter.Value, "function_call",
    };

    /// <summary>A body that is an answer to a chat request, evened out where needed.</summary>
    /// <exception cref="BrokenAnswerException">It is none.</exception>
    public static byte[] Check(byte[] body)
    {
        var root = Parse(body);
        if (root["error"] is { } error)
        {
            throw new BrokenAnswerException($"an error in an answer that should be a reply: {EndpointHandler.Cut(error.ToJsonString())}");
        }

        if (root["choices"] is not JsonArray { Count: > 0 } choices || choices[0] is not JsonObject choice || choice["message"] is not JsonObject message)
        {
            throw new BrokenAnswerException("an answer without a message (choices[0].message)");
        }

        var changed = EvenOutFinish(choice, message)
            | Rename(message, "reasoning", "reasoning_content")
            | EvenOutText(message, "reasoning_content")
            | EvenOutText(message, "content")
            | EvenOutCalls(message);
        if (root["usage"] is not null and not JsonObject)
        {
            root.Remove("usage");
            changed = true;
        }

        try
        {
            return changed ? JsonSerializer.SerializeToUtf8Bytes(root) : body;
        }
        catch (InvalidOperationException e)
        {
            throw new BrokenAnswerException($"an answer with text that is none ({e.Message})");
        }
    }

    /// <summary>A body that is any JSON object.</summary>
    /// <exception cref="BrokenAnswerException">It is none.</exception>
    public static byte[] CheckObject(byte[] body)
    {
        Parse(body);
        return body;
    }

    private static JsonObject Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject ?? throw new BrokenAnswerException("an answer that is JSON but no object");
        }
        catch (JsonException e)
        {
            throw new BrokenAnswerException(body.Length == 0 ? "an empty answer" : $"an answer that is not JSON ({e.Message})");
        }
        catch (ArgumentException e)
        {
            throw new BrokenAnswerException($"an answer with a member twice ({e.Message})");
        }
    }

    /// <summary>Some servers have words of their own for a reply's end.</summary>
    private static bool EvenOutFinish(JsonObject choice, JsonObject message)
    {
        var finish = choice["finish_reason"] is JsonValue value && value.TryGetValue<string>(out var word) ? word : null;
        if (finish is not null && Finishes.Contains(finish))
        {
            return false;
        }

        choice["finish_reason"] = finish is "max_tokens" or "max_length" ? ChatFinishReason.Length.Value
            : message["tool_calls"] is JsonArray { Count: > 0 } ? ChatFinishReason.ToolCalls.Value
            : ChatFinishReason.Stop.Value;
        return true;
    }

    private static bool Rename(JsonObject message, string from, string to)
    {
        if (message[to] is not null || message[from] is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            return false;
        }

        message[to] = text;
        return true;
    }

    /// <summary>Text is a string; some servers give a list of parts, or another value.</summary>
    private static bool EvenOutText(JsonObject parent, string member)
    {
        switch (parent[member])
        {
            case null:
                return false;
            case JsonArray parts:
                parent[member] = string.Concat(parts.OfType<JsonObject>().Select(part => part["text"] is JsonValue text && text.TryGetValue<string>(out var read) ? read : string.Empty));
                return true;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                try
                {
                    _ = value.GetValue<string>();
                    return false;
                }
                catch (InvalidOperationException)
                {
                    // Half of a surrogate pair is valid JSON but no text: models that are cut within an emoji write it.
                    parent[member] = HalfSurrogates.Replace(value.GetValue<JsonElement>().GetRawText());
                    return true;
                }

            case var other:
                parent[member] = other.ToJsonString();
                return true;
        }
    }

    /// <summary>Arguments are text; some servers give the object itself, or leave out what is empty.</summary>
    private static bool EvenOutCalls(JsonObject message)
    {
        if (message["tool_calls"] is not JsonArray calls)
        {
            return message.Remove("tool_calls");
        }

        var changed = false;
        for (var i = calls.Count - 1; i >= 0; i--)
        {
            if (calls[i] is not JsonObject call || call["function"] is not JsonObject function || function["name"] is not JsonValue name || name.GetValueKind() != JsonValueKind.String)
            {
                throw new BrokenAnswerException($"a tool call without a function's name (choices[0].message.tool_calls[{i}])");
            }

            if (function["arguments"] is null)
            {
                function["arguments"] = "{}";
                changed = true;
            }

            changed |= EvenOutText(function, "arguments");

            if (call["id"] is not JsonValue id || id.GetValueKind() != JsonValueKind.String)
            {
                call["id"] = "call_" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
                changed = true;
            }

            if (call["type"] is not JsonValue type || type.GetValueKind() != JsonValueKind.String)
            {
                call["type"] = "function";
                changed = true;
            }
        }

        if (calls.Count == 0)
        {
            message.Remove("tool_calls");
            return true;
        }

        return changed;
    }
}
