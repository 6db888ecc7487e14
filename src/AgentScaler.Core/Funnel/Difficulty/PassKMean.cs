namespace AgentScaler.Funnel.Difficulty;

/// <summary>The mean of pass^k over tasks.</summary>
/// <param name="K">Trials that must all pass.</param>
/// <param name="Tasks">Tasks with at least that many trials, over which the mean is.</param>
/// <param name="Mean">0 to 1.</param>
public sealed record PassKMean(int K, long Tasks, double Mean);
