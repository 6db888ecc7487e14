using AgentScaler.Funnel.Difficulty;

namespace AgentScaler.Funnel;

/// <summary>What the funnel did: in all, per environment, and measured against the mistakes made on purpose.</summary>
/// <param name="Total">All environments together.</param>
/// <param name="Confusion">Injected mistake against verdict.</param>
/// <param name="Environments">Sorted by environment id.</param>
public sealed record FunnelReport(FunnelCounts Total, ConfusionTable Confusion, IReadOnlyList<EnvironmentFunnel> Environments)
{
    /// <summary>How hard the tasks have proved.</summary>
    public DifficultyReport Difficulty { get; init; } = DifficultyReport.Empty;

    /// <summary>What became of the rejected episodes as halves of preference pairs.</summary>
    public PairCounts Pairs { get; init; } = PairCounts.Empty;
}
