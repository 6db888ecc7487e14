namespace AgentScaler.Datasets;

/// <summary>
/// The canonical trajectory record (formats.md), from which every other format is made. <see cref="Verdict"/> stands in the file of rejects
/// only, so that all rows of a file have the same keys.
/// </summary>
public sealed record Trajectory
{
    /// <summary>System, user, assistant and tool messages; in a kept record the last is the assistant's.</summary>
    public required IReadOnlyList<TrajectoryMessage> Messages { get; init; }

    /// <summary>The tools the agent could call, sorted by name.</summary>
    public required IReadOnlyList<TrajectoryTool> Tools { get; init; }

    /// <summary>Where it comes from and what it proved.</summary>
    public required TrajectoryMetadata Metadata { get; init; }

    /// <summary>Why it was rejected; null for a kept trajectory.</summary>
    public TrajectoryVerdict? Verdict { get; init; }
}
