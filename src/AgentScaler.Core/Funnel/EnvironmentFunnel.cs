using AgentScaler.Funnel.Difficulty;

namespace AgentScaler.Funnel;

/// <summary>The account of one environment.</summary>
/// <param name="Environment">Its id.</param>
/// <param name="Domain">The domain's id.</param>
/// <param name="DomainName">The domain's readable name.</param>
/// <param name="Tasks">Tasks rolled out.</param>
/// <param name="Counts">The stages.</param>
public sealed record EnvironmentFunnel(string Environment, string Domain, string DomainName, int Tasks, FunnelCounts Counts)
{
    /// <summary>How hard its tasks have proved.</summary>
    public DifficultyReport Difficulty { get; init; } = DifficultyReport.Empty;

    /// <summary>What became of its rejected episodes as halves of preference pairs.</summary>
    public PairCounts Pairs { get; init; } = PairCounts.Empty;
}
