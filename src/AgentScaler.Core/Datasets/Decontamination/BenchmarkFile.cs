namespace AgentScaler.Datasets.Decontamination;

/// <summary>A file of the benchmark, and what it held.</summary>
/// <param name="Name">Its path below the source it was found in.</param>
/// <param name="Problem">Why it, or a part of it, was not read; null if all was.</param>
public sealed record BenchmarkFile(string Name, long Tools, long Policies, long Intents, long Rows, string? Problem);
