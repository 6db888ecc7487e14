namespace AgentScaler.Datasets.Decontamination;

/// <summary>What a dataset shares with a benchmark.</summary>
public sealed record DecontaminationReport
{
    /// <summary>The report's file.</summary>
    public const string FileName = "report.json";

    /// <summary>All findings beside the report, one a line.</summary>
    public const string FindingsName = "findings.jsonl";

    /// <summary>What was done.</summary>
    public required DecontaminationMode Mode { get; init; }

    /// <summary>When something counts as the same.</summary>
    public required DecontaminationSettings Settings { get; init; }

    /// <summary>Trajectories of the dataset.</summary>
    public required long Trajectories { get; init; }

    /// <summary>Those with a strong finding, their own, their task's or their environment's.</summary>
    public required long Contaminated { get; init; }

    /// <summary>Environments of the dataset.</summary>
    public required long Environments { get; init; }

    /// <summary>Environments with a strong finding in tools or policy: all their trajectories are contaminated.</summary>
    public required IReadOnlyList<string> ContaminatedEnvironments { get; init; }

    /// <summary>By kind: <c>tool-name</c>, <c>tool-schema</c>, <c>policy</c>, <c>intent</c>, <c>row</c>.</summary>
    public required SortedDictionary<string, ContaminationCounts> Kinds { get; init; }

    /// <summary>The benchmark's files, sorted by name.</summary>
    public required IReadOnlyList<BenchmarkFile> Against { get; init; }

    /// <summary>Whether all that should have been compared was: no file of the benchmark is broken, no row of the dataset was skipped.</summary>
    public bool IsComplete => ProblemsInAll == 0 && !Against.Any(file => file.IsBroken);

    /// <summary>The first findings, strong ones first; all are in <see cref="FindingsName"/>.</summary>
    public required IReadOnlyList<ContaminationFinding> Findings { get; init; }

    /// <summary>How many there are.</summary>
    public required long FindingsInAll { get; init; }

    /// <summary>The first rows of the dataset that are no records; they are not checked, and left out where a dataset is written.</summary>
    public required IReadOnlyList<DatasetProblem> Problems { get; init; }

    /// <summary>How many there are.</summary>
    public required long ProblemsInAll { get; init; }
}
