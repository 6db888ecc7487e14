namespace AgentScaler.Funnel;

/// <summary>The stages of the funnel, in order (paper: validity control, environment state alignment, function calling exact match).</summary>
public enum FunnelStage
{
    /// <summary>Well-formed, complete, not repetitive, no simulator fault.</summary>
    Validity,

    /// <summary>The final database equals the gold database.</summary>
    StateAlignment,

    /// <summary>Where gold changes nothing: calls equal gold, required outputs reached the user.</summary>
    ExactMatch,

    /// <summary>Not a stage of the paper: the goal was reached with tool errors on the way, and the environment's share of such episodes is full.</summary>
    Quota,

    /// <summary>Not the machine's: a person turned the episode down. Stands in reviewed datasets only.</summary>
    Review,
}
