using AgentScaler.Funnel;
using AgentScaler.Funnel.Modelled;
using AgentScaler.Funnel.Review;

namespace AgentScaler.Datasets;

/// <summary>What verdicts on an environment's episodes come from.</summary>
/// <param name="Funnel">The settings.</param>
/// <param name="Truth">Says which mistakes made on purpose really left other rows.</param>
/// <param name="Replay">Makes recorded calls again; null to believe records.</param>
public sealed record JudgingRules(FunnelSettings Funnel, StateTruth Truth, ReplayCheck? Replay)
{
    /// <summary>Most preference pairs of a task; 0 for none.</summary>
    public int PairsPerTask { get; init; }

    /// <summary>Looks for faults of the simulated user; null where only rules do.</summary>
    public UserJudge? UserJudge { get; init; }

    /// <summary>Verdicts by episode that stand from before, for what a judge said then; null where there are none.</summary>
    public IReadOnlyDictionary<string, Verdict>? Earlier { get; init; }

    /// <summary>What people decided; null for the machine's verdicts alone.</summary>
    public ReviewDecisions? Review { get; init; }
}
