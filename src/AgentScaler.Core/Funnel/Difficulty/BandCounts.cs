namespace AgentScaler.Funnel.Difficulty;

/// <summary>The tasks of one band.</summary>
/// <param name="Tasks">How many there are.</param>
/// <param name="Trials">Their episodes that count.</param>
/// <param name="Passed">Those that passed.</param>
/// <param name="Kept">Those in the dataset.</param>
public sealed record BandCounts(DifficultyBand Band, long Tasks, long Trials, long Passed, long Kept);
