using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>A community of tools that will share one database schema (paper, section on tool graph modelling).</summary>
public sealed record Domain
{
    /// <summary>Content-derived id, <c>domain-...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A readable name from its commonest nouns, e.g. <c>books-loans</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its tools, sorted by name.</summary>
    public required IReadOnlyList<ToolSpec> Tools { get; init; }

    /// <summary>SHA-256 of the package of which a person gave these tools and maybe more; null for a domain that was found.</summary>
    public string? Given { get; init; }

    /// <summary>
    /// Directed edges: what one tool returns can feed what another takes. Sorted by producer, consumer, parameter, field.
    /// </summary>
    public required IReadOnlyList<DependencyEdge> Dependencies { get; init; }
}
