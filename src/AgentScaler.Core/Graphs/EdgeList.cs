namespace AgentScaler.Graphs;

/// <summary>An edge list as it was read.</summary>
/// <param name="Nodes">The file's number of each node, ascending: ends of edges are positions in this list.</param>
/// <param name="Edges">In the file's order; an edge of weight 0 only names its nodes and is left out.</param>
/// <param name="Problems">The first lines that are no edges.</param>
/// <param name="ProblemCount">All lines that are no edges.</param>
public sealed record EdgeList(
    IReadOnlyList<int> Nodes, IReadOnlyList<SimilarityEdge> Edges, IReadOnlyList<EdgeListProblem> Problems, long ProblemCount)
{
    /// <summary>The graph; node i is <c>Nodes[i]</c>.</summary>
    public WeightedGraph ToGraph() => WeightedGraph.FromEdges(Nodes.Count, Edges);
}
