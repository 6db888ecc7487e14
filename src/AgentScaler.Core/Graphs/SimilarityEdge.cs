namespace AgentScaler.Graphs;

/// <summary>An undirected edge of the tool graph (paper, Eq. 1).</summary>
/// <param name="U">The smaller node.</param>
/// <param name="V">The larger node.</param>
/// <param name="Weight">Cosine of the two vectors, rounded to 6 decimals.</param>
public readonly record struct SimilarityEdge(int U, int V, double Weight);
