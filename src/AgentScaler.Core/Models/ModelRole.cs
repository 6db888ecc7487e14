namespace AgentScaler.Models;

/// <summary>What a model is asked to be.</summary>
public enum ModelRole
{
    /// <summary>Refines tools, checks dependency edges, writes schemas, programs, policies and intents.</summary>
    Builder,

    /// <summary>Plays the user.</summary>
    User,

    /// <summary>Plays the agent.</summary>
    Agent,

    /// <summary>Says whether a rejected episode was the simulated user's fault; never whether a task was done.</summary>
    Judge,

    /// <summary>Embeds tools.</summary>
    Embedding,
}
