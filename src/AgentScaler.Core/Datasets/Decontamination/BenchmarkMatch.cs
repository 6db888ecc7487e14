namespace AgentScaler.Datasets.Decontamination;

/// <summary>Something that is also in the benchmark.</summary>
/// <param name="Place">Where it is there.</param>
/// <param name="Excerpt">The words that both have; null where it is the whole.</param>
internal sealed record BenchmarkMatch(ContaminationKind Kind, ContaminationStrength Strength, MatchMethod Method, string Place, double Similarity, string? Excerpt);
