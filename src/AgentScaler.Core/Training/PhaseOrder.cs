namespace AgentScaler.Training;

/// <summary>In which order a phase shows its trajectories.</summary>
public enum PhaseOrder
{
    /// <summary>From easy to hard, by the band of <c>metadata.difficulty</c>; shuffled within a band. Where no difficulty is recorded, shuffled.</summary>
    Curriculum,

    /// <summary>In random order.</summary>
    Shuffled,
}
