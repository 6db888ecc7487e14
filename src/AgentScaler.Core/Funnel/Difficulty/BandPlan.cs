namespace AgentScaler.Funnel.Difficulty;

/// <summary>What is wanted of a band, and what there is.</summary>
/// <param name="Wanted">Kept trajectories that its share of today's dataset would be.</param>
/// <param name="Kept">Kept trajectories it has.</param>
/// <param name="Expected">Kept trajectories that the planned trials should add.</param>
/// <param name="MoreTasks">New tasks of this difficulty needed for what further trials can't give.</param>
/// <param name="Advice">Which settings give such tasks; null where none are needed.</param>
public sealed record BandPlan(DifficultyBand Band, long Wanted, long Kept, double Expected, long MoreTasks, string? Advice);
