using AgentScaler.Json;

namespace AgentScaler.Funnel;

/// <summary>The funnel measured as a classifier: injected mistake against verdict.</summary>
/// <param name="Rows">One per kind (and <c>none</c>) and sort of gold that occurred; clean episodes first, then by kind.</param>
/// <param name="Clean">Episodes without injected mistakes.</param>
/// <param name="CleanKept">How many of those were kept.</param>
/// <param name="StateErrors">Episodes with an injected mistake whose final state differs from gold's.</param>
/// <param name="StateErrorsKept">How many of those were kept; must be 0.</param>
public sealed record ConfusionTable(IReadOnlyList<ConfusionRow> Rows, long Clean, long CleanKept, long StateErrors, long StateErrorsKept)
{
    /// <summary>The table of one episode; an episode with several kinds of mistakes counts in each kind's row but once in the totals.</summary>
    public static ConfusionTable Of(InjectedOutcome injected, Verdict verdict)
    {
        var (kinds, readOnlyGold, wrong) = injected;
        var rows = kinds.Count == 0
            ? [Row(FaultEffects.None, FaultEffects.None)]
            : kinds.Select(kind => Row(
                EnumWord.Of(kind),
                FaultEffects.Expected(kind, readOnlyGold) is { } stage ? EnumWord.Of(stage) : FaultEffects.None)).ToList();
        return new ConfusionTable(
            rows, Count(kinds.Count == 0), Count(kinds.Count == 0 && verdict.Kept), Count(wrong), Count(wrong && verdict.Kept));

        ConfusionRow Row(string fault, string expected) => new(
            fault,
            readOnlyGold,
            expected,
            1,
            Count(verdict.Kept),
            Count(verdict.Stage == FunnelStage.Validity),
            Count(verdict.Stage == FunnelStage.StateAlignment),
            Count(verdict.Stage == FunnelStage.ExactMatch),
            Count(verdict.Stage == FunnelStage.Quota),
            Count(wrong),
            Count(wrong && verdict.Kept));
    }

    /// <summary>Adds up tables.</summary>
    public static ConfusionTable Sum(IEnumerable<ConfusionTable> tables)
    {
        var rows = new Dictionary<(string Fault, bool ReadOnly), ConfusionRow>();
        long clean = 0, cleanKept = 0, wrong = 0, wrongKept = 0;
        foreach (var table in tables)
        {
            clean += table.Clean;
            cleanKept += table.CleanKept;
            wrong += table.StateErrors;
            wrongKept += table.StateErrorsKept;
            foreach (var row in table.Rows)
            {
                var key = (row.Fault, row.ReadOnlyGold);
                rows[key] = rows.TryGetValue(key, out var sum) ? sum.Plus(row) : row;
            }
        }

        return new ConfusionTable(
            [.. rows.Values.OrderBy(row => row.Fault != FaultEffects.None).ThenBy(row => row.Fault, StringComparer.Ordinal).ThenBy(row => row.ReadOnlyGold)],
            clean,
            cleanKept,
            wrong,
            wrongKept);
    }

    private static long Count(bool condition) => condition ? 1 : 0;
}
