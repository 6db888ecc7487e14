using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The dataset's own tasks: <c>dataset/tasks.jsonl</c>.</summary>
internal sealed class DatasetTaskCheck : IRowCheck
{
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.Text(row, "$", "environment");
        if (expect.Text(row, "$", "task") is { } task && !seen.Add(task))
        {
            expect.Fail("$.task", $"expected each task once, found '{task}' again");
        }

        expect.Has(row, "$", "prompt", JsonValueKind.Array, out _);
        expect.Has(row, "$", "tools", JsonValueKind.Array, out _);
        if (expect.Has(row, "$", "gold", JsonValueKind.Object, out var gold))
        {
            expect.Text(gold, "$.gold", "proof");
            expect.Text(gold, "$.gold", "initial_hash");
            expect.Text(gold, "$.gold", "gold_hash");
            expect.Has(gold, "$.gold", "initial_changes", JsonValueKind.Array, out _);
            expect.Has(gold, "$.gold", "calls", JsonValueKind.Array, out _);
            expect.Has(gold, "$.gold", "required_outputs", JsonValueKind.Array, out _);
        }
    }
}
