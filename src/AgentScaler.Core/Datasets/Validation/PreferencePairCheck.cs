using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The dataset's own pairs: <c>dataset/preferences.jsonl</c>. Both sides go on from the same prompt, with the assistant's word.</summary>
internal sealed class PreferencePairCheck : IRowCheck
{
    private string lastId = string.Empty;

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        foreach (var name in new[] { "environment", "task", "chosen", "rejected", "reason" })
        {
            expect.Text(row, "$", name);
        }

        if (expect.Text(row, "$", "id") is { } id)
        {
            if (string.CompareOrdinal(id, lastId) <= 0)
            {
                expect.Fail("$.id", $"expected an id after '{lastId}' (sorted, unique), found '{id}'");
            }

            lastId = id;
        }

        if (row.TryGetProperty("same_words", out var same) && same.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            expect.Fail("$.same_words", "expected true or false");
        }

        expect.Has(row, "$", "tools", JsonValueKind.Array, out _);
        if (expect.Has(row, "$", "prompt", JsonValueKind.Array, out var prompt))
        {
            var order = new ChatOrder(expect);
            Messages(prompt, "$.prompt", order, expect);
            order.EndWithQuestion("$.prompt");
            if (expect.Has(row, "$", "divergence", JsonValueKind.Number, out var divergence) && divergence.GetRawText() != $"{prompt.GetArrayLength()}")
            {
                expect.Fail("$.divergence", $"expected {prompt.GetArrayLength()}, the number of shared messages, found {divergence.GetRawText()}");
            }
        }

        foreach (var side in new[] { "preferred", "non_preferred" })
        {
            if (expect.Has(row, "$", side, JsonValueKind.Array, out var output))
            {
                if (output.GetArrayLength() == 0)
                {
                    expect.Fail("$." + side, "expected at least one message of the assistant");
                }

                Messages(output, "$." + side, ChatOrder.ForOutput(expect), expect);
            }
        }
    }

    private static void Messages(JsonElement messages, string path, ChatOrder order, RowExpectations expect)
    {
        for (var i = 0; i < messages.GetArrayLength(); i++)
        {
            var (message, place) = (messages[i], $"{path}[{i}]");
            if (!expect.Is(message, place, JsonValueKind.Object) || expect.Text(message, place, "role") is not { } role)
            {
                continue;
            }

            var ids = new List<string>();
            if (message.TryGetProperty("tool_calls", out _) && expect.Has(message, place, "tool_calls", JsonValueKind.Array, out var calls))
            {
                ids.AddRange(calls.EnumerateArray().Where(call => call.ValueKind == JsonValueKind.Object).Select(call => expect.Text(call, place + ".tool_calls", "id") ?? string.Empty));
            }

            order.Next(role, ids, role == "tool" ? expect.Text(message, place, "tool_call_id") : null, place);
        }
    }
}
