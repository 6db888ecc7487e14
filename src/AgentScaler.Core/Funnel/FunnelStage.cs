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
}
