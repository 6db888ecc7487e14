namespace AgentScaler.Datasets.Decontamination;

/// <summary>Something of a benchmark in a dataset.</summary>
/// <param name="Environment">The environment it is in.</param>
/// <param name="Episode">The trajectory it is in; null where it is in a task, or in all of the environment, which holds for tools and policies.</param>
/// <param name="Task">The task of <c>tasks.jsonl</c> it is in, with all trajectories of it; null elsewhere.</param>
/// <param name="Place">Where in the record, e.g. <c>$.messages[3]</c>.</param>
/// <param name="Against">Where in the benchmark: file and place.</param>
/// <param name="Excerpt">What stands in the dataset there, at most 160 characters.</param>
/// <param name="Similarity">The Jaccard index; 1 for exact matches and runs of words.</param>
public sealed record ContaminationFinding(
    ContaminationKind Kind, ContaminationStrength Strength, MatchMethod Method, string Environment, string? Episode, string? Task, string Place, string Against, string Excerpt, double Similarity);
