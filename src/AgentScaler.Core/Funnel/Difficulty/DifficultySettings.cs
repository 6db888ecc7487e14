using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Funnel.Difficulty;

/// <summary>Where the bands of difficulty begin, and what share of the dataset each should have.</summary>
public sealed record DifficultySettings
{
    /// <summary>Share of passed trials from which a task is easy, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double EasyFrom { get; init; } = 0.75;

    /// <summary>Share of passed trials from which a task is of medium difficulty, 0-1; below it a task that was ever solved is hard.</summary>
    [Range(0.0, 1.0)]
    public double MediumFrom { get; init; } = 0.4;

    /// <summary>Share of kept trajectories that should be of easy tasks, 0-1; the three shares count relative to their sum.</summary>
    [Range(0.0, 1.0)]
    public double EasyShare { get; init; } = 0.3;

    /// <summary>Share of kept trajectories that should be of tasks of medium difficulty, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double MediumShare { get; init; } = 0.4;

    /// <summary>Share of kept trajectories that should be of hard tasks, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double HardShare { get; init; } = 0.3;

    /// <summary>Trials that count below which more are planned for a task, 1-100.</summary>
    [Range(1, 100)]
    public int MinimumTrials { get; init; } = 2;

    /// <summary>Most further trials planned for a task, 0-100.</summary>
    [Range(0, 100)]
    public int MaximumMoreTrials { get; init; } = 16;

    /// <summary>The band of a task.</summary>
    public DifficultyBand BandOf(int trials, int passed) =>
        trials == 0 ? DifficultyBand.Untried
        : passed == 0 ? DifficultyBand.Unsolved
        : passed >= (EasyFrom * trials) - 1e-9 ? DifficultyBand.Easy
        : passed >= (MediumFrom * trials) - 1e-9 ? DifficultyBand.Medium
        : DifficultyBand.Hard;

    /// <summary>The share of kept trajectories that a band should have, of all three together; 0 for bands that give none.</summary>
    public double ShareOf(DifficultyBand band)
    {
        var sum = EasyShare + MediumShare + HardShare;
        var share = band switch { DifficultyBand.Easy => EasyShare, DifficultyBand.Medium => MediumShare, DifficultyBand.Hard => HardShare, _ => 0 };
        return sum > 0 ? share / sum : 0;
    }
}
