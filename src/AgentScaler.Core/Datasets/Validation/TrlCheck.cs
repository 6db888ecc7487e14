using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>TRL's rule for conversations with tools: columns <c>messages</c> and <c>tools</c>; arguments are objects, read as JSON.</summary>
internal sealed class TrlCheck : IRowCheck
{
    private readonly ArrowColumns columns = new("$.messages[].tool_calls[].function.arguments");

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "messages", "tools");
        columns.Row(row, expect);
        if (expect.Has(row, "$", "messages", JsonValueKind.Array, out var messages))
        {
            var order = new ChatOrder(expect);
            ChatRules.Messages(messages, "$.messages", textArguments: false, null, order, expect);
            order.EndWithAnswer("$.messages");
        }

        if (expect.Embedded(row, "$", "tools", JsonValueKind.Array) is { } tools)
        {
            ToolListRules.Nested(tools, "$.tools", textParameters: false, expect);
        }
    }
}
