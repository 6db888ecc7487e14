using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>Axolotl's rule for <c>chat_template</c>: it loads columns, reads arguments and parameters back from texts, and trains where <c>train</c> says so.</summary>
internal sealed class AxolotlCheck : IRowCheck
{
    private readonly ArrowColumns columns = new();

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "messages", "tools");
        columns.Row(row, expect);
        if (expect.Has(row, "$", "messages", JsonValueKind.Array, out var messages))
        {
            var order = new ChatOrder(expect);
            ChatRules.Messages(messages, "$.messages", textArguments: true, "train", order, expect);
            order.EndWithAnswer("$.messages");
            Training(messages, expect);
        }

        if (expect.Has(row, "$", "tools", JsonValueKind.Array, out var tools))
        {
            ToolListRules.Nested(tools, "$.tools", textParameters: true, expect);
        }
    }

    private static void Training(JsonElement messages, RowExpectations expect)
    {
        var any = false;
        for (var i = 0; i < messages.GetArrayLength(); i++)
        {
            if (messages[i].ValueKind != JsonValueKind.Object || expect.Flag(messages[i], $"$.messages[{i}]", "train") is not true)
            {
                continue;
            }

            any = true;
            if (!messages[i].TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String || role.GetString() != "assistant")
            {
                expect.Fail($"$.messages[{i}].train", "expected false on what is not the assistant's");
            }
        }

        if (!any)
        {
            expect.Fail("$.messages", "expected a message to train on");
        }
    }
}
