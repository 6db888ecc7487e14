namespace AgentScaler.Datasets;

/// <summary>Where a trajectory comes from and what it proved. The same keys on every row.</summary>
public sealed record TrajectoryMetadata
{
    /// <summary>The present version of this record's shape.</summary>
    public const string Shape = "4";

    /// <summary>Version of this record's shape.</summary>
    public string SchemaVersion { get; init; } = Shape;

    /// <summary><c>scripted</c>, or <c>models</c>.</summary>
    public required string Generator { get; init; }

    /// <summary>Who played which role.</summary>
    public required TrajectoryModels Models { get; init; }

    /// <summary>Names and versions of the parties' prompts, sorted; empty where no party is a model.</summary>
    public required IReadOnlyList<string> Prompts { get; init; }

    /// <summary>Tokens that the parties took; zeros where no party is a model.</summary>
    public required TrajectoryUsage Usage { get; init; }

    /// <summary>The environment's id.</summary>
    public required string Environment { get; init; }

    /// <summary>The domain's id.</summary>
    public required string Domain { get; init; }

    /// <summary>The domain's readable name.</summary>
    public required string DomainName { get; init; }

    /// <summary>The task's id.</summary>
    public required string Task { get; init; }

    /// <summary>The episode's id; rows are sorted by it.</summary>
    public required string Episode { get; init; }

    /// <summary>0-based trial of the task.</summary>
    public required int Trial { get; init; }

    /// <summary>Seed paths.</summary>
    public required TrajectorySeeds Seeds { get; init; }

    /// <summary>What was achieved, part by part.</summary>
    public required TrajectoryReward Reward { get; init; }

    /// <summary>The funnel's verdict.</summary>
    public required TrajectoryFunnel Funnel { get; init; }

    /// <summary>How hard the task has proved; null in records of a shape before "3".</summary>
    public TrajectoryDifficulty? Difficulty { get; init; }

    /// <summary>What a person decided; null, on every row, where nobody reviewed the dataset.</summary>
    public TrajectoryReview? Review { get; init; }

    /// <summary>Failed tool calls on the way.</summary>
    public required int ToolErrors { get; init; }

    /// <summary>Mistakes made on purpose, as far as they happened; empty in a clean episode.</summary>
    public required IReadOnlyList<TrajectoryFault> Faults { get; init; }

    /// <summary>The tool that was made to fail; null in records of a shape before "4".</summary>
    public TrajectoryToolFault? ToolFault { get; init; }

    /// <summary>Licences of the tools' documents, sorted; <c>unspecified</c> where a document states none.</summary>
    public required IReadOnlyList<string> Licences { get; init; }
}
