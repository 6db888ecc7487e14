namespace AgentScaler.Graphs;

/// <summary>A line of an edge list that is no edge; it is left out.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Found">The line, shortened.</param>
public sealed record EdgeListProblem(long Line, string Found);
