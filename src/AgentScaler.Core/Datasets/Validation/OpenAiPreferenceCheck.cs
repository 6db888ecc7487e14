using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>OpenAI's and Azure OpenAI's rule for direct preference optimisation.</summary>
internal sealed class OpenAiPreferenceCheck : IRowCheck
{
    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "input", "preferred_output", "non_preferred_output");
        var most = 0;
        JsonElement input = default;
        if (expect.Has(row, "$", "input", JsonValueKind.Object, out input))
        {
            expect.OnlyKeys(input, "$.input", "messages", "tools", "parallel_tool_calls");
            if (expect.Has(input, "$.input", "messages", JsonValueKind.Array, out var messages))
            {
                var order = new ChatOrder(expect);
                most = OpenAiRules.Messages(messages, "$.input.messages", weights: false, order, expect).MostCalls;
                order.EndWithQuestion("$.input.messages");
            }
        }

        most = Math.Max(most, Output(row, "preferred_output", expect));
        most = Math.Max(most, Output(row, "non_preferred_output", expect));
        if (input.ValueKind == JsonValueKind.Object)
        {
            OpenAiRules.Tools(input, "$.input", most, expect);
        }
    }

    private static int Output(JsonElement row, string name, RowExpectations expect)
    {
        if (!expect.Has(row, "$", name, JsonValueKind.Array, out var messages))
        {
            return 0;
        }

        if (messages.GetArrayLength() == 0)
        {
            expect.Fail("$." + name, "expected at least one message of the assistant");
        }

        return OpenAiRules.Messages(messages, "$." + name, weights: false, ChatOrder.ForOutput(expect), expect).MostCalls;
    }
}
