using System.ComponentModel.DataAnnotations;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Training;

/// <summary>How a dataset is cut into two phases of fine-tuning (paper, section 4: general first, then the target domains).</summary>
public sealed record PhaseSettings
{
    /// <summary>The target domains of phase 2: ids, or names, which may stand for several domains. At least one is needed.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Share of phase 2's trajectories that repeat phase 1's, 0-0.5; 0.1-0.2 is usual.</summary>
    [Range(0.0, 0.5)]
    public double ReplayShare { get; init; } = 0.15;

    /// <summary>Share of the environments whose trajectories are for validation only, 0-0.4; above 0 at least one.</summary>
    [Range(0.0, 0.4)]
    public double ValidationShare { get; init; } = 0.1;

    /// <summary>Share of the environments that are held out for evaluation: they are in no file of a phase; 0-0.4, above 0 at least one.</summary>
    [Range(0.0, 0.4)]
    public double HeldOutShare { get; init; } = 0.1;

    /// <summary>Most trajectories of one domain in a training file; 0 for no limit.</summary>
    [Range(0, 100_000_000)]
    public int MaximumPerDomain { get; init; }

    /// <summary>How far domains are brought to one size, by leaving out: 0 leaves them as they are, 1 makes all as small as the smallest; n becomes n^(1-b) * smallest^b.</summary>
    [Range(0.0, 1.0)]
    public double Balance { get; init; }

    /// <summary>In which order a phase shows its trajectories.</summary>
    public PhaseOrder Order { get; init; } = PhaseOrder.Curriculum;

    /// <summary>Consumers for which the phases are written too, e.g. <c>openai</c>; those that are made of trajectories.</summary>
    public IReadOnlyList<ExportFormat> Formats { get; init; } = [];

    /// <summary>The model that phase 1 starts from, as the trainer names it.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string BaseModel { get; init; } = "Qwen/Qwen3-8B";

    /// <summary>Passes over phase 1.</summary>
    [Range(1, 10)]
    public int GeneralEpochs { get; init; } = 2;

    /// <summary>Passes over phase 2; 1-2 is usual.</summary>
    [Range(1, 10)]
    public int VerticalEpochs { get; init; } = 1;

    /// <summary>Multiplier of the trainer's learning rate in phase 1.</summary>
    [Range(0.001, 10.0)]
    public double GeneralLearningRate { get; init; } = 1;

    /// <summary>Multiplier of the trainer's learning rate in phase 2; lower than phase 1's.</summary>
    [Range(0.001, 10.0)]
    public double VerticalLearningRate { get; init; } = 0.3;

    /// <summary>The split's and the order's seed, from 0 on; the dataset's where nothing is said.</summary>
    [Range(0.0, 9_007_199_254_740_991.0)]
    public long? Seed { get; init; }
}
