using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The dataset's own tasks: <c>dataset/tasks.jsonl</c>, sorted by environment, with prompt, tools and ground truth as reinforcement learners take them.</summary>
internal sealed class DatasetTaskCheck : IRowCheck
{
    private static readonly string[] MessageKeys = ["role", "content"];

    /// <summary>Tasks of the environment that is being read.</summary>
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    private string lastEnvironment = string.Empty;

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "task", "environment", "domain", "domain_name", "seed", "prompt", "tools", "gold", "kept", "licences");
        foreach (var name in new[] { "domain", "domain_name", "seed" })
        {
            expect.Text(row, "$", name);
        }

        if (expect.Has(row, "$", "kept", JsonValueKind.Number, out var kept) && (!kept.TryGetInt64(out var count) || count < 0))
        {
            expect.Fail("$.kept", $"expected a number of trajectories, found {kept.GetRawText()}");
        }

        Ids(row, expect);
        if (expect.Has(row, "$", "prompt", JsonValueKind.Array, out var prompt))
        {
            PromptRules.Check(prompt, "$.prompt", MessageKeys, expect, untrained: "train");
        }

        var tools = expect.Has(row, "$", "tools", JsonValueKind.Array, out var list) ? ToolListRules.Nested(list, "$.tools", textParameters: false, expect) : [];
        if (expect.Has(row, "$", "gold", JsonValueKind.Object, out var gold))
        {
            GoldRules.Check(gold, "$.gold", "calls", tools, expect);
        }
    }

    private void Ids(JsonElement row, RowExpectations expect)
    {
        if (expect.Text(row, "$", "environment") is { } environment && environment != lastEnvironment)
        {
            if (string.CompareOrdinal(environment, lastEnvironment) < 0)
            {
                expect.Fail("$.environment", $"expected an environment after '{lastEnvironment}' (sorted), found '{environment}'");
            }

            lastEnvironment = environment;
            seen.Clear();
        }

        if (expect.Text(row, "$", "task") is { } task && !seen.Add(task))
        {
            expect.Fail("$.task", $"expected each task once, found '{task}' again");
        }
    }
}
