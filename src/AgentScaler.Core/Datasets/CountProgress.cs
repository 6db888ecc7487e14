namespace AgentScaler.Datasets;

/// <summary>How far long work is.</summary>
/// <param name="Done">Units done: records read, files, environments.</param>
/// <param name="Total">Units there are; 0 where that is not known.</param>
/// <param name="What">What is counted, e.g. <c>rows of dataset/canonical.jsonl checked</c>; null where that goes without saying.</param>
public readonly record struct CountProgress(long Done, long Total, string? What = null);
