namespace AgentScaler.Graphs.Verification;

/// <summary>Which of two tools feeds the other.</summary>
internal enum FeedDirection
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>The first the second.</summary>
    Forward,

    /// <summary>The second the first.</summary>
    Backward,

    /// <summary>Each the other.</summary>
    Both,
}
