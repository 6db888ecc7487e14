namespace AgentScaler.Datasets.Decontamination;

/// <summary>What <c>dataset/contamination.jsonl</c> says of a trajectory; a line each, in the dataset's order, the same keys on every line.</summary>
public sealed record ContaminationMark
{
    /// <summary>The file's name, beside the dataset's rows.</summary>
    public const string FileName = "contamination.jsonl";

    /// <summary>The trajectory's id.</summary>
    public required string Episode { get; init; }

    /// <summary>Its environment's id.</summary>
    public required string Environment { get; init; }

    /// <summary>Whether it shares something with a benchmark, or its environment does.</summary>
    public required bool Contaminated { get; init; }

    /// <summary>Kinds of the strong findings, sorted; empty where there are none.</summary>
    public required IReadOnlyList<ContaminationKind> Kinds { get; init; }
}
