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

    /// <summary>Rows a block: 128 rows of 256 floats are 128 kB, half a usual second-level cache.</summary>
    private const int BlockRows = 128;

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
        var rows = new List<(int V, double Weight)>[last - first];
        for (var u = 0; u < rows.Length; u++)
        {
            rows[u] = [];
        }

        for (var start = first; start < vectors.Count; start += BlockRows)
        {
            var end = Math.Min(start + BlockRows, vectors.Count);
            var count = 0;
            for (var u = first; u < last; u++)
            {
                var left = vectors.Row(u);
                var kept = rows[u - first];
                var before = kept.Count;
                for (var v = Math.Max(start, u + 1); v < end; v++)
                {
                    var right = vectors.Row(v);
                    var fast = TensorPrimitives.Dot(left, right);
                    if (fast > threshold + Doubt || (fast >= threshold - Doubt && CosineKernel.Dot(left, right) > threshold))
                    {
                        kept.Add((v, CosineKernel.Weight(left, right)));
                    }
                }

                count += kept.Count - before;
            }

            onCount(count);
        }

        var edges = new List<SimilarityEdge>(rows.Sum(row => row.Count));
        for (var u = 0; u < rows.Length; u++)
        {
            foreach (var (v, weight) in rows[u])
            {
                edges.Add(new SimilarityEdge(first + u, v, weight));
            }
        }

        return edges;
    }
}
