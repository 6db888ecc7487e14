namespace AgentScaler.Episodes;

/// <summary>Why an episode ended.</summary>
public enum Termination
{
    /// <summary>The user deemed the task complete.</summary>
    UserStop,

    /// <summary>The agent used all its steps.</summary>
    MaximumSteps,

    /// <summary>Too many tool errors in a row.</summary>
    ToolErrors,

    /// <summary>The episode's attempts hit a limit of the runtime each time.</summary>
    Aborted,

    /// <summary>The user's model gave no reply that could be used.</summary>
    UserFailed,

    /// <summary>The agent's model gave no reply that could be used.</summary>
    AgentFailed,
}
