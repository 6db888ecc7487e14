namespace AgentScaler.Graphs;

/// <summary>What the making of domains is about to do; for progress and measurements.</summary>
public enum GraphPhase
{
    /// <summary>Vectors of all tools.</summary>
    Embedding,

    /// <summary>Pairs above the threshold.</summary>
    Similarity,

    /// <summary>Communities of the whole graph.</summary>
    Communities,

    /// <summary>Communities brought to size, named, with their dependencies.</summary>
    Domains,
}
