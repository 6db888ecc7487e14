namespace AgentScaler.Funnel.Review;

/// <summary>What a person can decide.</summary>
public enum ReviewDecision
{
    /// <summary>An episode is kept, whatever the machine said.</summary>
    Accept,

    /// <summary>An episode is rejected, whatever the machine said.</summary>
    Reject,

    /// <summary>All episodes of a task are rejected.</summary>
    QuarantineTask,

    /// <summary>All episodes that call a tool are rejected.</summary>
    QuarantineTool,
}
