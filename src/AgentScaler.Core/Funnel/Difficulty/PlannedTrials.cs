namespace AgentScaler.Funnel.Difficulty;

/// <summary>Further trials for a task.</summary>
/// <param name="More">How many.</param>
/// <param name="Expected">Kept trajectories they should give.</param>
/// <param name="Why"><c>too-few-trials</c>, or the band that is thin as <c>thin-hard</c>.</param>
public sealed record PlannedTrials(string Task, string Environment, DifficultyBand Band, int More, double Expected, string Why);
