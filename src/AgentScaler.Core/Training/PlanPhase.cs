namespace AgentScaler.Training;

/// <summary>One phase of a plan.</summary>
public sealed record PlanPhase
{
    /// <summary><c>phase1</c> or <c>phase2</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>general</c>: all domains; <c>vertical</c>: the target domains, with replay.</summary>
    public required string Kind { get; init; }

    /// <summary>The model it starts from; null where it continues a phase.</summary>
    public string? Model { get; init; }

    /// <summary>The phase whose model it continues; null for the first.</summary>
    public string? Continues { get; init; }

    /// <summary>What is trained on.</summary>
    public required PlanFile Training { get; init; }

    /// <summary>What training is watched with; of environments that no phase is trained on. Null where the validation share is 0.</summary>
    public PlanFile? Validation { get; init; }

    /// <summary>The same files for their consumers.</summary>
    public required IReadOnlyList<PlanFormat> Formats { get; init; }

    /// <summary>Trajectories of the training file by domain name.</summary>
    public required SortedDictionary<string, long> Domains { get; init; }

    /// <summary>Trajectories of the training file by difficulty; empty where none is recorded.</summary>
    public required SortedDictionary<string, long> Difficulty { get; init; }

    /// <summary>Trajectories of the training file that repeat phase 1's.</summary>
    public required long Replayed { get; init; }

    /// <summary>How it is trained.</summary>
    public required PlanHyperparameters Hyperparameters { get; init; }
}
