namespace AgentScaler.Graphs;

/// <summary>A catalogue in domains: every tool is in exactly one of them, or listed among the isolates; composites, where wanted, hold the tools of two.</summary>
/// <param name="Domains">Sorted by id.</param>
public sealed record DomainPartition(IReadOnlyList<Domain> Domains, GraphStats Stats);
