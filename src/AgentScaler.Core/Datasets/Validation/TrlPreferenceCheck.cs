using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>TRL's rule for conversational preferences with an explicit prompt.</summary>
internal sealed class TrlPreferenceCheck : IRowCheck
{
    private readonly ArrowColumns columns = new(
        "$.prompt[].tool_calls[].function.arguments", "$.chosen[].tool_calls[].function.arguments", "$.rejected[].tool_calls[].function.arguments");

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "prompt", "chosen", "rejected", "tools");
        columns.Row(row, expect);
        if (expect.Has(row, "$", "prompt", JsonValueKind.Array, out var prompt))
        {
            var order = new ChatOrder(expect);
            ChatRules.Messages(prompt, "$.prompt", textArguments: false, null, order, expect);
            order.EndWithQuestion("$.prompt");
        }

        foreach (var name in new[] { "chosen", "rejected" })
        {
            if (expect.Has(row, "$", name, JsonValueKind.Array, out var output))
            {
                if (output.GetArrayLength() == 0)
                {
                    expect.Fail("$." + name, "expected at least one message of the assistant");
                }

                ChatRules.Messages(output, "$." + name, textArguments: false, null, ChatOrder.ForOutput(expect), expect);
            }
        }

        if (expect.Embedded(row, "$", "tools", JsonValueKind.Array) is { } tools)
        {
            ToolListRules.Nested(tools, "$.tools", textParameters: false, expect);
        }
    }
}
