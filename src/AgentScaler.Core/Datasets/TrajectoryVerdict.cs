using AgentScaler.Funnel;

namespace AgentScaler.Datasets;

/// <summary>Why a trajectory was rejected.</summary>
/// <param name="Stage">The stage that rejected it.</param>
/// <param name="Reason">One of <see cref="FunnelReasons"/>.</param>
/// <param name="Attribution">Whose fault.</param>
/// <param name="Detail">One line for a person.</param>
public sealed record TrajectoryVerdict(FunnelStage Stage, string Reason, Attribution Attribution, string Detail);
