using AgentScaler.Datasets;

namespace AgentScaler.Training;

/// <summary>Two phases of fine-tuning: which files, from which model, in which order, how (<c>finetune.plan.json</c>).</summary>
public sealed record FinetunePlan
{
    /// <summary>The file's name.</summary>
    public const string FileName = "finetune.plan.json";

    /// <summary>Version of this file's shape.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What a reader must know first: who spoke in the data.</summary>
    public required string About { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>SHA-256 of the campaign identity.</summary>
    public required string Identity { get; init; }

    /// <summary>The rows all files are made of.</summary>
    public required DatasetFile Source { get; init; }

    /// <summary>Licences behind the trajectories, sorted.</summary>
    public required IReadOnlyList<string> Licences { get; init; }

    /// <summary>Seed path of split and order.</summary>
    public required string Seed { get; init; }

    /// <summary>All settings, as used.</summary>
    public required PhaseSettings Settings { get; init; }

    /// <summary>The domains of phase 2.</summary>
    public required IReadOnlyList<PlanTarget> Targets { get; init; }

    /// <summary>Environments by part (<c>train</c>, <c>validation</c>, <c>held-out</c>), sorted; each is in one.</summary>
    public required SortedDictionary<string, IReadOnlyList<string>> Environments { get; init; }

    /// <summary>The phases in their order; the second continues the first.</summary>
    public required IReadOnlyList<PlanPhase> Phases { get; init; }

    /// <summary>Trajectories of the held-out environments; in no file of a phase. Null where that share is 0.</summary>
    public PlanFile? HeldOut { get; init; }

    /// <summary>Trajectories left out because they are marked as contaminated.</summary>
    public required long Contaminated { get; init; }

    /// <summary>What did not go as the settings say, and why.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
