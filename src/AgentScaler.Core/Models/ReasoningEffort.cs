namespace AgentScaler.Models;

/// <summary>How long a reasoning model thinks before it answers (<c>reasoning_effort</c>).</summary>
public enum ReasoningEffort
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>As little as it can.</summary>
    Minimal,

    /// <summary>A little.</summary>
    Low,

    /// <summary>As usual.</summary>
    Medium,

    /// <summary>Long.</summary>
    High,
}
