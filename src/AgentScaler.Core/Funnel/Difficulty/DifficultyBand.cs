namespace AgentScaler.Funnel.Difficulty;

/// <summary>How hard a task has proved.</summary>
public enum DifficultyBand
{
    /// <summary>Most trials passed.</summary>
    Easy,

    /// <summary>A good part of them passed.</summary>
    Medium,

    /// <summary>Few passed.</summary>
    Hard,

    /// <summary>None passed.</summary>
    Unsolved,

    /// <summary>There was no trial that counts: the user, a tool or the task itself spoilt all. Stands among rejected trajectories only.</summary>
    Untried,
}
