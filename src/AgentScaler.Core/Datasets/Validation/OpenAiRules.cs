using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>Messages and tools as OpenAI's fine-tuning checks them when a file is uploaded: one bad line fails the job.</summary>
internal static class OpenAiRules
{
    private const int MostTools = 128;
    private const int LongestId = 40;
    private const int LongestDescription = 1024;

    /// <summary>Checks a list of messages.</summary>
    /// <param name="weights">Whether assistant messages may say how much they count.</param>
    /// <returns>How many calls the message with the most has, and whether any message counts.</returns>
    public static (int MostCalls, bool Trains) Messages(JsonElement messages, string path, bool weights, ChatOrder order, RowExpectations expect)
    {
        var (most, trains) = (0, false);
        for (var i = 0; i < messages.GetArrayLength(); i++)
        {
            var place = $"{path}[{i}]";
            if (!expect.Is(messages[i], place, JsonValueKind.Object) || expect.Text(messages[i], place, "role") is not { } role)
            {
                continue;
            }

            var ids = Message(messages[i], role, place, weights, expect);
            most = Math.Max(most, ids.Count);
            trains |= role == "assistant" && (!messages[i].TryGetProperty("weight", out var weight) || weight.ValueKind != JsonValueKind.Number || weight.GetRawText() != "0");
            order.Next(role, ids, role == "tool" ? expect.Text(messages[i], place, "tool_call_id") : null, place);
        }

        return (most, trains);
    }

    /// <summary>Checks <c>tools</c> and <c>parallel_tool_calls</c> beside messages.</summary>
    public static void Tools(JsonElement parent, string path, int mostCalls, RowExpectations expect)
    {
        var parallel = true;
        if (parent.TryGetProperty("parallel_tool_calls", out _))
        {
            parallel = expect.Flag(parent, path, "parallel_tool_calls") ?? true;
            if (!parent.TryGetProperty("tools", out _))
            {
                expect.Fail(path + ".parallel_tool_calls", "expected no such key without tools");
            }
        }

        if (mostCalls > 1 && !parallel)
        {
            expect.Fail(path + ".parallel_tool_calls", "expected true, as a message makes several calls");
        }

        if (!parent.TryGetProperty("tools", out _))
        {
            if (mostCalls > 0)
            {
                expect.Fail(path + ".tools", "expected the tools that are called");
            }

            return;
        }

        if (!expect.Has(parent, path, "tools", JsonValueKind.Array, out var tools))
        {
            return;
        }

        if (tools.GetArrayLength() is 0 or > MostTools)
        {
            expect.Fail(path + ".tools", $"expected 1 to {MostTools} tools, found {tools.GetArrayLength()}");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tools.GetArrayLength(); i++)
        {
            Tool(tools[i], $"{path}.tools[{i}]", names, expect);
        }
    }

    private static void Tool(JsonElement tool, string path, HashSet<string> names, RowExpectations expect)
    {
        if (!expect.Is(tool, path, JsonValueKind.Object))
        {
            return;
        }

        expect.OnlyKeys(tool, path, "type", "function");
        if (expect.Text(tool, path, "type") is { } type && type != "function")
        {
            expect.Fail(path + ".type", $"expected 'function', found '{type}'");
        }

        if (!expect.Has(tool, path, "function", JsonValueKind.Object, out var function))
        {
            return;
        }

        path += ".function";
        expect.OnlyKeys(function, path, "name", "description", "parameters", "strict");
        if (Name(function, path, expect) is { } name && !names.Add(name))
        {
            expect.Fail(path + ".name", $"expected each tool once, found '{name}' again");
        }

        if (function.TryGetProperty("description", out _) && expect.Text(function, path, "description") is { Length: > LongestDescription } long_)
        {
            expect.Fail(path + ".description", $"expected at most {LongestDescription} characters, found {long_.Length}");
        }

        if (function.TryGetProperty("parameters", out _) && expect.Has(function, path, "parameters", JsonValueKind.Object, out var schema))
        {
            if (expect.Text(schema, path + ".parameters", "type") is { } kind && kind != "object")
            {
                expect.Fail(path + ".parameters.type", $"expected 'object', found '{kind}'");
            }

            expect.Has(schema, path + ".parameters", "properties", JsonValueKind.Object, out _);
        }
    }

    private static List<string> Message(JsonElement message, string role, string path, bool weights, RowExpectations expect)
    {
        switch (role)
        {
            case "system" or "developer" or "user":
                expect.OnlyKeys(message, path, "role", "content", "name");
                expect.Text(message, path, "content");
                return [];
            case "tool":
                expect.OnlyKeys(message, path, "role", "content", "tool_call_id");
                expect.Text(message, path, "content");
                return [];
            case "assistant":
                expect.OnlyKeys(message, path, weights ? ["role", "content", "tool_calls", "name", "refusal", "weight"] : ["role", "content", "tool_calls", "name", "refusal"]);
                if (weights && message.TryGetProperty("weight", out var weight) && weight.GetRawText() is not ("0" or "1"))
                {
                    expect.Fail(path + ".weight", $"expected 0 or 1, found {weight.GetRawText()}");
                }

                var calls = message.TryGetProperty("tool_calls", out _);
                if (!calls || message.TryGetProperty("content", out _))
                {
                    expect.Text(message, path, "content");
                }

                return calls ? Calls(message, path, expect) : [];
            default:
                expect.Fail(path + ".role", $"expected system, developer, user, assistant or tool, found '{role}'");
                return [];
        }
    }

    private static List<string> Calls(JsonElement message, string path, RowExpectations expect)
    {
        var ids = new List<string>();
        if (!expect.Has(message, path, "tool_calls", JsonValueKind.Array, out var calls))
        {
            return ids;
        }

        if (calls.GetArrayLength() == 0)
        {
            expect.Fail(path + ".tool_calls", "expected at least one call, or no such key");
        }

        for (var i = 0; i < calls.GetArrayLength(); i++)
        {
            var place = $"{path}.tool_calls[{i}]";
            if (!expect.Is(calls[i], place, JsonValueKind.Object))
            {
                continue;
            }

            expect.OnlyKeys(calls[i], place, "id", "type", "function");
            if (expect.Text(calls[i], place, "id") is { } id)
            {
                ids.Add(id);
                if (id.Length is 0 or > LongestId)
                {
                    expect.Fail(place + ".id", $"expected 1 to {LongestId} characters, found {id.Length}");
                }
            }

            if (expect.Text(calls[i], place, "type") is { } type && type != "function")
            {
                expect.Fail(place + ".type", $"expected 'function', found '{type}'");
            }

            if (expect.Has(calls[i], place, "function", JsonValueKind.Object, out var function))
            {
                expect.OnlyKeys(function, place + ".function", "name", "arguments");
                Name(function, place + ".function", expect);
                expect.Embedded(function, place + ".function", "arguments", JsonValueKind.Object);
            }
        }

        return ids;
    }

    private static string? Name(JsonElement function, string path, RowExpectations expect)
    {
        var name = expect.Text(function, path, "name");
        if (name is not null && (name.Length is 0 or > 64 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_' && c != '-')))
        {
            expect.Fail(path + ".name", $"expected 1 to 64 letters, digits, '_' and '-', found '{name}'");
        }

        return name;
    }
}
