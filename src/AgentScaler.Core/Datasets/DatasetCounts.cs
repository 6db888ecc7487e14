namespace AgentScaler.Datasets;

/// <summary>What a dataset was made from.</summary>
/// <param name="Tools">Tools imported.</param>
/// <param name="Domains">Domains found.</param>
/// <param name="Environments">Domains that became environments.</param>
/// <param name="EnvironmentsWithKept">Environments with at least one kept trajectory.</param>
/// <param name="Tasks">Tasks rolled out.</param>
/// <param name="Episodes">Episodes judged.</param>
/// <param name="Kept">Kept trajectories.</param>
/// <param name="Rejected">Rejected trajectories.</param>
public sealed record DatasetCounts(
    long Tools, long Domains, long Environments, long EnvironmentsWithKept, long Tasks, long Episodes, long Kept, long Rejected)
{
    /// <summary>Tasks without a line in <c>tasks.jsonl</c>: those of environments with no kept trajectory, those in which the agent must abstain, and those that a benchmark contaminates where they are left out.</summary>
    public long TasksLeftOut { get; init; }
}
