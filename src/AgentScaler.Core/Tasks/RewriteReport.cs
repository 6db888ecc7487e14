namespace AgentScaler.Tasks;

/// <summary>What became of a model's wording of tasks.</summary>
/// <param name="Asked">Tasks that were asked for.</param>
/// <param name="Rewritten">Those that have the model's words.</param>
/// <param name="WithValues">Those of them that have values of its own too.</param>
/// <param name="Kept">Reason code to count, for those that keep the embedded words.</param>
public sealed record RewriteReport(int Asked, int Rewritten, int WithValues, SortedDictionary<string, int> Kept);
