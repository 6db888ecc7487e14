namespace AgentScaler.Datasets;

/// <summary>How far a long reading is.</summary>
/// <param name="Done">Records read.</param>
/// <param name="Total">Records there are; 0 where that is not known.</param>
public readonly record struct CountProgress(long Done, long Total);
