using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>Messages as chat templates take them, in columns: every message has role and content, both texts.</summary>
internal static class ChatRules
{
    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    /// <summary>Checks a list of messages.</summary>
    /// <param name="textArguments">Whether arguments are a text that holds an object, or an object.</param>
    /// <param name="further">A further key that each message has.</param>
    public static void Messages(JsonElement messages, string path, bool textArguments, string? further, ChatOrder order, RowExpectations expect)
    {
        for (var i = 0; i < messages.GetArrayLength(); i++)
        {
            var (message, place) = (messages[i], $"{path}[{i}]");
            if (!expect.Is(message, place, JsonValueKind.Object))
            {
                continue;
            }

            var role = expect.Text(message, place, "role");
            var content = expect.Text(message, place, "content");
            if (role is null || !Roles.Contains(role, StringComparer.Ordinal))
            {
                expect.Fail(place + ".role", $"expected one of {string.Join(", ", Roles)}, found '{role}'");
                continue;
            }

            expect.OnlyKeys(message, place, ["role", "content", .. Further(role), .. further is null ? Array.Empty<string>() : [further]]);
            if (message.TryGetProperty("reasoning_content", out _))
            {
                expect.Text(message, place, "reasoning_content");
            }

            if (role == "tool")
            {
                expect.Text(message, place, "name");
            }

            List<string> calls = message.TryGetProperty("tool_calls", out _) ? Calls(message, place, textArguments, expect) : [];
            if (role is "user" or "assistant" && calls.Count == 0 && string.IsNullOrWhiteSpace(content))
            {
                expect.Fail(place + ".content", "expected text or calls");
            }

            order.Next(role, calls, role == "tool" ? expect.Text(message, place, "tool_call_id") : null, place);
        }
    }

    private static string[] Further(string role) => role switch
    {
        "assistant" => ["reasoning_content", "tool_calls"],
        "tool" => ["tool_call_id", "name"],
        _ => [],
    };

    private static List<string> Calls(JsonElement message, string path, bool textArguments, RowExpectations expect)
    {
        var ids = new List<string>();
        if (!expect.Has(message, path, "tool_calls", JsonValueKind.Array, out var calls))
        {
            return ids;
        }

        for (var i = 0; i < calls.GetArrayLength(); i++)
        {
            var place = $"{path}.tool_calls[{i}]";
            if (!expect.Is(calls[i], place, JsonValueKind.Object))
            {
                continue;
            }

            if (expect.Text(calls[i], place, "id") is { } id)
            {
                ids.Add(id);
            }

            if (expect.Text(calls[i], place, "type") is { } type && type != "function")
            {
                expect.Fail(place + ".type", $"expected 'function', found '{type}'");
            }

            if (expect.Has(calls[i], place, "function", JsonValueKind.Object, out var function))
            {
                expect.Text(function, place + ".function", "name");
                _ = textArguments
                    ? expect.Embedded(function, place + ".function", "arguments", JsonValueKind.Object) is not null
                    : expect.Has(function, place + ".function", "arguments", JsonValueKind.Object, out _);
            }
        }

        return ids;
    }
}
