namespace AgentScaler.Datasets;

/// <summary>
/// A task of the dataset with what proves it: one line of <c>dataset/tasks.jsonl</c>. Reinforcement learning starts from tasks, not from trajectories.
/// Environments of which nothing was kept have no lines, nor have tasks in which the agent must abstain. Lines are sorted by environment, then in the order in which the tasks were built.
/// </summary>
public sealed record DatasetTask
{
    /// <summary>The task's id.</summary>
    public required string Task { get; init; }

    /// <summary>The environment's id.</summary>
    public required string Environment { get; init; }

    /// <summary>The domain's id.</summary>
    public required string Domain { get; init; }

    /// <summary>The domain's readable name.</summary>
    public required string DomainName { get; init; }

    /// <summary>The task's seed path: ids that the environment generates derive from it.</summary>
    public required string Seed { get; init; }

    /// <summary>What an agent is given: the system message of the environment, and all of the user's requests as one message.</summary>
    public required IReadOnlyList<TrajectoryMessage> Prompt { get; init; }

    /// <summary>The tools of the environment, sorted by name.</summary>
    public required IReadOnlyList<TrajectoryTool> Tools { get; init; }

    /// <summary>What proves that the task is done.</summary>
    public required DatasetGold Gold { get; init; }

    /// <summary>Trajectories of the task that were kept.</summary>
    public required int Kept { get; init; }

    /// <summary>Licences of the tools' documents, sorted.</summary>
    public required IReadOnlyList<string> Licences { get; init; }
}
