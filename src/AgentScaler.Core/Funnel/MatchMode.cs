namespace AgentScaler.Funnel;

/// <summary>How strictly the third stage compares calls with gold.</summary>
public enum MatchMode
{
    /// <summary>The same calls in the same order (paper).</summary>
    Strict,

    /// <summary>The same calls; neighbouring reads may be reordered.</summary>
    UnorderedReads,

    /// <summary>All gold calls; further reads may stand between them.</summary>
    SupersetReads,
}
