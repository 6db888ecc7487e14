using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>The tool graph (paper, section on tool graph modelling): nodes are tools, edges similarities, with its communities.</summary>
public sealed record ToolGraph
{
    /// <summary>The tools by name, then id; node i is <c>Tools[i]</c>.</summary>
    public required IReadOnlyList<ToolSpec> Tools { get; init; }

    /// <summary>Row i is tool i's vector.</summary>
    public required VectorTable Vectors { get; init; }

    /// <summary>The cosine above which two tools are linked: the settings' threshold, or higher where that leaves too many edges.</summary>
    public required double Threshold { get; init; }

    /// <summary>Sorted by their ends.</summary>
    public required IReadOnlyList<SimilarityEdge> Edges { get; init; }

    /// <summary>The edges as a graph.</summary>
    public required WeightedGraph Graph { get; init; }

    /// <summary>For each node its community, numbered from 0 in the order of first nodes.</summary>
    public required IReadOnlyList<int> Communities { get; init; }

    /// <summary>Builds the graph with the hashing embedder. The order in which the tools come does not matter.</summary>
    /// <param name="onPhase">Told before each phase.</param>
    /// <exception cref="GraphException">The graph is too dense to hold at any threshold.</exception>
    public static ToolGraph Build(
        IReadOnlyList<ToolSpec> tools, GraphSettings settings, Seed seed, Action<GraphPhase>? onPhase = null, CancellationToken cancellationToken = default)
    {
        onPhase?.Invoke(GraphPhase.Embedding);
        var sorted = Sort(tools);
        return Link(sorted, new HashingEmbedder().Embed(sorted), settings, seed, onPhase, cancellationToken);
    }

    /// <summary>The order in which tools are nodes.</summary>
    internal static IReadOnlyList<ToolSpec> Sort(IEnumerable<ToolSpec> tools) =>
        [.. tools.OrderBy(tool => tool.Name, StringComparer.Ordinal).ThenBy(tool => tool.Id, StringComparer.Ordinal)];

    /// <summary>Links tools by their vectors, row i for tool i.</summary>
    internal static ToolGraph Link(
        IReadOnlyList<ToolSpec> tools, VectorTable vectors, GraphSettings settings, Seed seed, Action<GraphPhase>? onPhase, CancellationToken cancellationToken)
    {
        onPhase?.Invoke(GraphPhase.Similarity);
        var (edges, threshold) = SimilarityCalibration.Find(vectors, settings, cancellationToken);
        onPhase?.Invoke(GraphPhase.Communities);
        var graph = WeightedGraph.FromEdges(tools.Count, edges);
        return new ToolGraph
        {
            Tools = tools,
            Vectors = vectors,
            Threshold = threshold,
            Edges = edges,
            Graph = graph,
            Communities = Louvain.Find(graph, settings.Resolution, seed.Child("communities"), cancellationToken),
        };
    }
}
