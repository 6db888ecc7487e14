using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>verl's rule: a prompt of role and content only, a rule-based reward with its ground truth, the row's index; nothing is null.</summary>
internal sealed class VerlCheck : IRowCheck
{
    private static readonly string[] MessageKeys = ["role", "content"];

    private long index;

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "data_source", "agent_name", "prompt", "ability", "reward_model", "extra_info");
        expect.Text(row, "$", "data_source");
        expect.Text(row, "$", "agent_name");
        expect.Text(row, "$", "ability");
        if (expect.Has(row, "$", "prompt", JsonValueKind.Array, out var prompt))
        {
            PromptRules.Check(prompt, "$.prompt", MessageKeys, expect);
        }

        HashSet<string> names = [];
        if (expect.Has(row, "$", "extra_info", JsonValueKind.Object, out var extra))
        {
            names = Extra(extra, expect);
        }

        if (expect.Has(row, "$", "reward_model", JsonValueKind.Object, out var reward))
        {
            if (expect.Text(reward, "$.reward_model", "style") is { } style && style != "rule")
            {
                expect.Fail("$.reward_model.style", $"expected 'rule', found '{style}'");
            }

            if (expect.Embedded(reward, "$.reward_model", "ground_truth", JsonValueKind.Object) is { } gold)
            {
                GoldRules.Check(gold, "$.reward_model.ground_truth", "gold_calls", names, expect);
            }
        }

        index++;
    }

    private HashSet<string> Extra(JsonElement extra, RowExpectations expect)
    {
        foreach (var name in new[] { "split", "task", "environment", "domain", "seed" })
        {
            expect.Text(extra, "$.extra_info", name);
        }

        if (expect.Has(extra, "$.extra_info", "index", JsonValueKind.Number, out var found) && (!found.TryGetInt64(out var number) || number != index))
        {
            expect.Fail("$.extra_info.index", $"expected {index}, the row's, found {found.GetRawText()}");
        }

        return expect.Embedded(extra, "$.extra_info", "tools", JsonValueKind.Array) is { } tools
            ? ToolListRules.Nested(tools, "$.extra_info.tools", textParameters: false, expect)
            : [];
    }
}
