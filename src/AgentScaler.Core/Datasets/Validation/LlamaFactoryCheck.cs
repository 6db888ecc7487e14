using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentScaler.Datasets.Validation;

/// <summary>LLaMA-Factory's rule for sharegpt: what breaks it is skipped in silence, or ends the run when templates are applied.</summary>
internal sealed partial class LlamaFactoryCheck : IRowCheck
{
    private static readonly string[] Odd = ["human", "observation"];
    private static readonly string[] Even = ["gpt", "function_call"];

    private readonly ArrowColumns columns = new();

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.OnlyKeys(row, "$", "conversations", "system", "tools");
        columns.Row(row, expect);
        expect.Text(row, "$", "system");
        if (expect.Embedded(row, "$", "tools", JsonValueKind.Array) is { } tools)
        {
            ToolListRules.Flat(tools, "$.tools", expect);
        }

        if (expect.Has(row, "$", "conversations", JsonValueKind.Array, out var turns))
        {
            if (turns.GetArrayLength() == 0 || turns.GetArrayLength() % 2 != 0)
            {
                expect.Fail("$.conversations", $"expected an even number of turns, found {turns.GetArrayLength()}");
            }

            Turns(turns, expect);
        }
    }

    private static void Turns(JsonElement turns, RowExpectations expect)
    {
        var waiting = 0;
        for (var i = 0; i < turns.GetArrayLength(); i++)
        {
            var path = $"$.conversations[{i}]";
            if (!expect.Is(turns[i], path, JsonValueKind.Object))
            {
                continue;
            }

            expect.OnlyKeys(turns[i], path, "from", "value");
            var accepted = i % 2 == 0 ? Odd : Even;
            var from = expect.Text(turns[i], path, "from");
            var value = expect.Text(turns[i], path, "value");
            if (from is null || value is null)
            {
                continue;
            }

            if (!accepted.Contains(from, StringComparer.Ordinal))
            {
                expect.Fail(path + ".from", $"expected {string.Join(" or ", accepted)} at this place, found '{from}'");
            }

            if (waiting > 0 != (from == "observation"))
            {
                expect.Fail(path + ".from", waiting > 0 ? $"expected the observation of {waiting} calls, found '{from}'" : "expected an observation only after calls");
            }

            var results = from == "observation" ? Results().Count(value) + 1 : 0;
            if (from == "observation" && waiting > 0 && results != waiting)
            {
                expect.Fail(path + ".value", $"expected the results of {waiting} calls, found {results}");
            }

            waiting = from == "function_call" ? Calls(value, path + ".value", expect) : 0;
            if (from is "human" or "gpt" && string.IsNullOrWhiteSpace(value))
            {
                expect.Fail(path + ".value", "expected text");
            }
        }
    }

    /// <summary>As its formatter reads them: the thought is taken off, the rest must be JSON.</summary>
    private static int Calls(string value, string path, RowExpectations expect)
    {
        if (expect.Parse(ThoughtMark().Replace(value, string.Empty, 1), path, null) is not { } calls)
        {
            return 1;
        }

        var list = calls.ValueKind == JsonValueKind.Array ? [.. calls.EnumerateArray()] : new[] { calls };
        if (list.Length == 0)
        {
            expect.Fail(path, "expected at least one call");
        }

        foreach (var call in list)
        {
            if (expect.Is(call, path, JsonValueKind.Object))
            {
                expect.Text(call, path, "name");
                expect.Has(call, path, "arguments", JsonValueKind.Object, out _);
            }
        }

        return list.Length;
    }

    [GeneratedRegex(@"<think>\n(.*?)\n</think>\n\n", RegexOptions.Singleline)]
    private static partial Regex ThoughtMark();

    [GeneratedRegex(@"\n</tool_response>\n<tool_response>\n")]
    private static partial Regex Results();
}
