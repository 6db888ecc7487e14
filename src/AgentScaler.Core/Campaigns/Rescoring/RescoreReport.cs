using AgentScaler.Funnel;

namespace AgentScaler.Campaigns.Rescoring;

/// <summary>What judging a campaign's stored episodes again came to.</summary>
/// <param name="Environments">Environments judged.</param>
/// <param name="Before">The stages as the campaign has them.</param>
/// <param name="After">The stages now.</param>
/// <param name="Changes">How many verdicts went from what to what, as <c>kept -> state-differs</c>.</param>
/// <param name="Episodes">The first of the episodes whose verdict changed, by environment, then in the order of the episodes.</param>
/// <param name="Skipped">The first of what could not be judged again.</param>
public sealed record RescoreReport(
    int Environments,
    FunnelCounts Before,
    FunnelCounts After,
    SortedDictionary<string, long> Changes,
    IReadOnlyList<RescoreChange> Episodes,
    IReadOnlyList<RescoreSkip> Skipped)
{
    /// <summary>Episodes, and things skipped, listed at most; all of them are counted.</summary>
    public const int MostListed = 1000;

    /// <summary>How many there are of what could not be judged again.</summary>
    public long SkippedInAll { get; init; }

    /// <summary>Decisions of people that were applied, by kind; null where none were to be.</summary>
    public SortedDictionary<string, long>? Review { get; init; }
}
