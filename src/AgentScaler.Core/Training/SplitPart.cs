namespace AgentScaler.Training;

/// <summary>What an environment's trajectories are for.</summary>
public enum SplitPart
{
    /// <summary>Training.</summary>
    Train,

    /// <summary>Validation while training.</summary>
    Validation,

    /// <summary>Evaluation afterwards; in no file of a phase.</summary>
    HeldOut,
}
