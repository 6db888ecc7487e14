using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>ms-swift's rule for agents: three keys a message (others it drops), calls and results as JSON texts, one loss for what it joins into one turn.</summary>
internal sealed class SwiftCheck : IRowCheck
{
    private static readonly string[] Roles = ["system", "user", "assistant", "tool_call", "tool_response"];

    private readonly ArrowColumns columns = new();

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "tools", "messages");
        columns.Row(row, expect);
        if (expect.Embedded(row, "$", "tools", JsonValueKind.Array) is { } tools)
        {
            ToolListRules.Nested(tools, "$.tools", textParameters: false, expect);
        }

        if (expect.Has(row, "$", "messages", JsonValueKind.Array, out var messages))
        {
            Messages(messages, expect);
        }
    }

    private static void Messages(JsonElement messages, RowExpectations expect)
    {
        var (last, calls) = (string.Empty, 0);
        bool? loss = null;
        for (var i = 0; i < messages.GetArrayLength(); i++)
        {
            var (message, path) = (messages[i], $"$.messages[{i}]");
            if (!expect.Is(message, path, JsonValueKind.Object))
            {
                continue;
            }

            var role = expect.Text(message, path, "role");
            var content = expect.Text(message, path, "content");
            if (role is null || content is null || !Roles.Contains(role, StringComparer.Ordinal))
            {
                expect.Fail(path + ".role", $"expected one of {string.Join(", ", Roles)}, found '{role}'");
                continue;
            }

            var learns = role is "assistant" or "tool_call";
            expect.OnlyKeys(message, path, learns ? ["role", "content", "loss"] : ["role", "content"]);
            var itsLoss = learns ? expect.Flag(message, path, "loss") : null;
            if (learns && last is "assistant" or "tool_call" && itsLoss != loss)
            {
                expect.Fail(path + ".loss", "expected the loss of the message before: they become one turn, and the first counts");
            }

            calls = Order(message, role, last, calls, path, expect);
            Content(content, role, path + ".content", expect);
            (last, loss) = (role, itsLoss);
        }

        if (last != "assistant" || calls > 0)
        {
            expect.Fail("$.messages", $"expected the assistant's text at the end, found '{last}'");
        }
    }

    /// <returns>Calls that wait for their results.</returns>
    private static int Order(JsonElement message, string role, string last, int calls, string path, RowExpectations expect)
    {
        string[] before = role switch
        {
            "system" => [string.Empty],
            "user" => [string.Empty, "system", "assistant"],
            "assistant" => ["user", "tool_response"],
            "tool_call" => ["user", "tool_response", "assistant", "tool_call"],
            _ => ["tool_call", "tool_response"],
        };
        if (!before.Contains(last, StringComparer.Ordinal))
        {
            expect.Fail(path + ".role", $"expected no '{role}' after '{last}'");
        }

        if (role == "tool_response")
        {
            if (calls == 0)
            {
                expect.Fail(path, "expected a result only for a call");
            }

            return Math.Max(0, calls - 1);
        }

        if (calls > 0 && role != "tool_call")
        {
            expect.Fail(path, $"expected the results of {calls} calls first");
            return 0;
        }

        return role == "tool_call" ? calls + 1 : 0;
    }

    private static void Content(string content, string role, string path, RowExpectations expect)
    {
        if (role == "tool_response")
        {
            expect.Parse(content, path, null);
        }
        else if (role == "tool_call" && expect.Parse(content, path, JsonValueKind.Object) is { } call)
        {
            expect.Text(call, path, "name");
            expect.Has(call, path, "arguments", JsonValueKind.Object, out _);
        }
        else if (role is "user" or "assistant" && string.IsNullOrWhiteSpace(content))
        {
            expect.Fail(path, "expected text");
        }
    }
}
