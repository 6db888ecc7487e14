namespace AgentScaler.Funnel;

/// <summary>Whose fault a rejection is.</summary>
public enum Attribution
{
    /// <summary>The agent's.</summary>
    Agent,

    /// <summary>The user simulator's.</summary>
    User,

    /// <summary>A tool's or the environment's.</summary>
    Tool,

    /// <summary>The task's.</summary>
    Task,
}
