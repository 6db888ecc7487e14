namespace AgentScaler.Datasets;

/// <summary>Parts of the reward; see <see cref="Funnel.RewardParts"/>.</summary>
public sealed record TrajectoryReward(bool State, bool Match, bool Outputs);
