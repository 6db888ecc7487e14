using System.Text.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>The difficulties of tasks: <c>dataset/difficulty.jsonl</c>. Counts fit together, and pass^k falls from c/n.</summary>
internal sealed class DifficultyCheck : IRowCheck
{
    private string lastTask = string.Empty;

    /// <inheritdoc/>
    public void Row(JsonElement row, RowExpectations expect)
    {
        expect.Text(row, "$", "environment");
        if (expect.Text(row, "$", "band") is { } band && band is not ("easy" or "medium" or "hard" or "unsolved" or "untried"))
        {
            expect.Fail("$.band", $"expected easy, medium, hard, unsolved or untried, found '{band}'");
        }

        if (expect.Text(row, "$", "task") is { } task)
        {
            if (string.CompareOrdinal(task, lastTask) <= 0)
            {
                expect.Fail("$.task", $"expected a task after '{lastTask}' (sorted, unique), found '{task}'");
            }

            lastTask = task;
        }

        var (trials, passed, kept) = (Count(row, "trials", expect), Count(row, "passed", expect), Count(row, "kept", expect));
        Count(row, "spoilt", expect);
        if (kept > passed || passed > trials)
        {
            expect.Fail("$.passed", $"expected kept <= passed <= trials, found {kept}, {passed}, {trials}");
        }

        if (expect.Has(row, "$", "pass_k", JsonValueKind.Array, out var chances))
        {
            var values = chances.EnumerateArray().Select(chance => chance.ValueKind == JsonValueKind.Number ? chance.GetDouble() : double.NaN).ToList();
            if (values.Count != trials)
            {
                expect.Fail("$.pass_k", $"expected one value a trial, {trials}, found {values.Count}");
            }
            else if (values.Exists(double.IsNaN) || values.Zip(values.Skip(1)).Any(pair => pair.Second > pair.First) || (trials > 0 && Math.Abs(values[0] - (passed / (double)trials)) > 1e-9))
            {
                expect.Fail("$.pass_k", "expected numbers that begin with passed/trials and do not rise");
            }
        }
    }

    private static long Count(JsonElement row, string name, RowExpectations expect)
    {
        if (!expect.Has(row, "$", name, JsonValueKind.Number, out var value))
        {
            return 0;
        }

        if (value.TryGetInt64(out var count) && count >= 0)
        {
            return count;
        }

        expect.Fail("$." + name, $"expected a count, found {value.GetRawText()}");
        return 0;
    }
}
