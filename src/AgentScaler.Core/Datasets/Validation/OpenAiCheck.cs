using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>OpenAI's and Azure OpenAI's rule for supervised fine-tuning.</summary>
internal sealed class OpenAiCheck : IRowCheck
{
    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "messages", "tools", "parallel_tool_calls");
        if (!expect.Has(row, "$", "messages", JsonValueKind.Array, out var messages))
        {
            return;
        }

        var order = new ChatOrder(expect);
        var (most, trains) = OpenAiRules.Messages(messages, "$.messages", weights: true, order, expect);
        order.EndWithAnswer("$.messages");
        OpenAiRules.Tools(row, "$", most, expect);
        if (!trains)
        {
            expect.Fail("$.messages", "expected an assistant message whose weight is not 0");
        }
    }
}
