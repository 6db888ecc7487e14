using System.Numerics.Tensors;

namespace AgentScaler.Graphs;

/// <summary>
/// All pairs of rows whose cosine is above a threshold (paper, Eq. 1). Rows are compared block by block, so that a block of partners stays
/// in the cache; blocks are searched in parallel and joined in order, so the result depends on neither.
/// </summary>
public static class SimilarityGraph
{
    /// <summary>Edges kept at most, about 1 GB with their adjacency; a graph denser than that has no communities to find.</summary>
    public const int DefaultMaximumEdges = 20_000_000;

    /// <summary>
    /// Rows a block: 120 rows of 256 floats are 120 kB, well within a usual second-level cache; a multiple of both sides of a tile.
    /// </summary>
    private const int BlockRows = 120;

    /// <summary>A vectorised cosine this close to the threshold is decided by <see cref="CosineKernel"/>.</summary>
    private const double Doubt = 1e-5;

    /// <summary>Finds the edges, sorted by <see cref="SimilarityEdge.U"/>, then <see cref="SimilarityEdge.V"/>.</summary>
    /// <param name="vectors">Normalised rows.</param>
    /// <param name="threshold">An edge needs a cosine strictly above this, -1..1.</param>
    /// <exception cref="GraphException">There would be more than <paramref name="maximumEdges"/> edges.</exception>
    public static IReadOnlyList<SimilarityEdge> Find(
        VectorTable vectors, double threshold, int maximumEdges = DefaultMaximumEdges, CancellationToken cancellationToken = default)
    {
        var blocks = (vectors.Count + BlockRows - 1) / BlockRows;
        var found = new List<SimilarityEdge>[blocks];
        var total = 0L;
        try
        {
            Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellationToken }, block =>
            {
                found[block] = FindFrom(vectors, block * BlockRows, threshold, count =>
                {
                    if (Interlocked.Add(ref total, count) > maximumEdges)
                    {
                        throw new GraphException(
                            $"more than {maximumEdges} pairs of {vectors.Count} tools are more similar than {threshold}: raise graph.threshold");
                    }
                });
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<GraphException>().FirstOrDefault() is { } tooDense)
        {
            throw tooDense;
        }

        var edges = new List<SimilarityEdge>((int)total);
        foreach (var part in found)
        {
            edges.AddRange(part);
        }

        return edges;
    }

    /// <summary>Edges whose smaller node lies in the block that starts at <paramref name="first"/>.</summary>
    private static List<SimilarityEdge> FindFrom(VectorTable vectors, int first, double threshold, Action<int> onCount)
    {
        var last = Math.Min(first + BlockRows, vectors.Count);
        var edges = new List<SimilarityEdge>();
        for (var start = first; start < vectors.Count; start += BlockRows)
        {
            var before = edges.Count;
            FindBetween(vectors, first, last, start, Math.Min(start + BlockRows, vectors.Count), threshold, edges);
            onCount(edges.Count - before);
        }

        edges.Sort((a, b) => a.U != b.U ? a.U.CompareTo(b.U) : a.V.CompareTo(b.V));
        return edges;
    }

    /// <summary>Edges between two blocks, in no particular order; within one block each pair once.</summary>
    private static void FindBetween(VectorTable vectors, int first, int last, int start, int end, double threshold, List<SimilarityEdge> edges)
    {
        Span<float> products = stackalloc float[DotTile.Left * DotTile.Right];
        for (var u = first; u < last; u += DotTile.Left)
        {
            for (var v = start; v < end; v += DotTile.Right)
            {
                if (v + DotTile.Right <= u)
                {
                    continue;
                }

                int left = Math.Min(DotTile.Left, last - u), right = Math.Min(DotTile.Right, end - v);
                if (left == DotTile.Left && right == DotTile.Right)
                {
                    DotTile.Compute(vectors, u, v, products);
                }
                else
                {
                    ComputeRest(vectors, u, left, v, right, products);
                }

                for (var i = 0; i < left; i++)
                {
                    for (var j = Math.Max(0, u + i + 1 - v); j < right; j++)
                    {
                        var fast = products[(i * DotTile.Right) + j];
                        if (fast >= threshold - Doubt && IsEdge(vectors, u + i, v + j, fast, threshold))
                        {
                            edges.Add(new SimilarityEdge(u + i, v + j, CosineKernel.Weight(vectors.Row(u + i), vectors.Row(v + j))));
                        }
                    }
                }
            }
        }
    }

    private static bool IsEdge(VectorTable vectors, int u, int v, double fast, double threshold) =>
        fast > threshold + Doubt || CosineKernel.Dot(vectors.Row(u), vectors.Row(v)) > threshold;

    /// <summary>A tile at the border, too small for <see cref="DotTile"/>.</summary>
    private static void ComputeRest(VectorTable vectors, int u, int left, int v, int right, Span<float> products)
    {
        for (var i = 0; i < left; i++)
        {
            for (var j = 0; j < right; j++)
            {
                products[(i * DotTile.Right) + j] = TensorPrimitives.Dot(vectors.Row(u + i), vectors.Row(v + j));
            }
        }
    }
}
