namespace AgentScaler.Graphs;

/// <summary>Why a tool is in no domain.</summary>
public enum IsolateReason
{
    /// <summary>No other tool is similar enough.</summary>
    NoSimilarTool,

    /// <summary>The domains of all similar tools are full.</summary>
    NeighboursFull,

    /// <summary>With its similar tools it makes fewer than a domain needs, and no domain takes them.</summary>
    GroupTooSmall,
}
