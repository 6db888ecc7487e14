namespace AgentScaler.Graphs;

/// <summary>What the tool graph looks like and what became of its tools.</summary>
public sealed record GraphStats
{
    /// <summary>Tools, which are the graph's nodes.</summary>
    public required int Tools { get; init; }

    /// <summary>The cosine above which two tools are linked: as set, or higher to keep the mean degree within bounds.</summary>
    public required double Threshold { get; init; }

    /// <summary>Pairs of tools above the threshold.</summary>
    public required int Edges { get; init; }

    /// <summary>Edges at a tool on average.</summary>
    public required double MeanDegree { get; init; }

    /// <summary>Communities of at least two tools that Louvain found, before any was split for its size.</summary>
    public required int Communities { get; init; }

    /// <summary>Modularity of those communities and of the single tools, at resolution 1; 6 decimals.</summary>
    public required double Modularity { get; init; }

    /// <summary>Domains; each has at least <see cref="GraphSettings.MinimumTools"/> tools.</summary>
    public required int Domains { get; init; }

    /// <summary>Composite domains among them, whose tools are in two other domains as well (<see cref="GraphSettings.CompositeShare"/>).</summary>
    public int Composites { get; init; }

    /// <summary>Single tools that joined the domain of a similar one.</summary>
    public required int Attached { get; init; }

    /// <summary>Edges of all domains' dependency graphs.</summary>
    public required int Dependencies { get; init; }

    /// <summary>Domains by size, ascending.</summary>
    public required IReadOnlyList<SizeCount> Sizes { get; init; }

    /// <summary>Tools in no domain, by name, each with its reason.</summary>
    public required IReadOnlyList<Isolate> Isolates { get; init; }
}
