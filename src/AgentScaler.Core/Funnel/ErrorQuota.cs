namespace AgentScaler.Funnel;

/// <summary>
/// Keeps episodes with failed calls that still reached the goal (paper) up to a share of an environment's kept episodes (ours): they
/// teach recovery, but a dataset full of them teaches error. Those with the smallest ids stay, so order and parallelism do not matter.
/// </summary>
public static class ErrorQuota
{
    /// <summary>The verdicts with those over the quota turned into rejections; order as given.</summary>
    /// <param name="verdicts">All verdicts of one environment.</param>
    /// <param name="withErrors">Ids of the episodes with at least one call that failed by the agent's doing.</param>
    /// <param name="quota">Largest share of kept episodes with failed calls, 0-1.</param>
    public static IReadOnlyList<Verdict> Apply(IReadOnlyList<Verdict> verdicts, IReadOnlySet<string> withErrors, double quota)
    {
        var recovered = verdicts.Where(verdict => verdict.Kept && withErrors.Contains(verdict.Episode))
            .Select(verdict => verdict.Episode).Order(StringComparer.Ordinal).ToList();
        var clean = verdicts.Count(verdict => verdict.Kept) - recovered.Count;
        var allowed = quota >= 1 ? recovered.Count : (int)Math.Floor((quota * clean / (1 - quota)) + 1e-9);
        var over = recovered.Skip(allowed).ToHashSet(StringComparer.Ordinal);
        return [.. verdicts.Select(verdict => over.Contains(verdict.Episode)
            ? new Rejection(
                FunnelReasons.ErrorQuota,
                Attribution.Agent,
                $"reached the goal with tool errors; {allowed} such episodes are kept beside {clean} without").At(FunnelStage.Quota, verdict.Episode)
            : verdict)];
    }
}
