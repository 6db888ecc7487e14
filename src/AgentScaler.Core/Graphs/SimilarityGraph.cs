namespace AgentScaler.Graphs;

/// <summary>
/// All pairs of rows whose cosine is above a threshold (paper, Eq. 1). Groups of rows are packed into panels that stay in the second-level
/// cache while all rows before them pass by; groups are searched in parallel and joined in order, so the result depends on neither.
/// </summary>
public static class SimilarityGraph
{
    /// <summary>Edges kept at most, about 1 GB with their adjacency; a graph denser than that has no communities to find.</summary>
    public const int DefaultMaximumEdges = 20_000_000;

    /// <summary>Bytes of a group's panels: a part of a usual second-level cache of 1-2 MB.</summary>
    private const int GroupBytes = 384 << 10;

    /// <summary>Edges found between two looks at the limit.</summary>
    private const int CountedAtOnce = 1 << 16;

    /// <summary>Finds the edges, sorted by <see cref="SimilarityEdge.U"/>, then <see cref="SimilarityEdge.V"/>.</summary>
    /// <param name="vectors">Normalised rows.</param>
    /// <param name="threshold">An edge needs a cosine strictly above this, -1..1.</param>
    /// <exception cref="GraphException">There would be more than <paramref name="maximumEdges"/> edges.</exception>
    public static IReadOnlyList<SimilarityEdge> Find(
        VectorTable vectors, double threshold, int maximumEdges = DefaultMaximumEdges, CancellationToken cancellationToken = default)
    {
        var panels = Math.Max(1, GroupBytes / (sizeof(float) * vectors.Dimensions * DotPanel.Columns));
        var width = panels * DotPanel.Columns;
        var groups = (vectors.Count + width - 1) / width;
        var found = new List<SimilarityEdge>[groups];
        var total = 0L;
        try
        {
            Parallel.For(0, groups, new ParallelOptions { CancellationToken = cancellationToken }, i =>
            {
                // The last groups have most rows before them: they go first, so that no thread ends with a long one.
                var group = groups - 1 - i;
                found[group] = FindUpTo(vectors, group * width, Math.Min((group + 1) * width, vectors.Count), threshold, count =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
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

        return Join(found, vectors.Count, (int)total);
    }

    /// <summary>Edges whose larger node lies in a group; for each smaller node the larger ones ascend.</summary>
    private static List<SimilarityEdge> FindUpTo(VectorTable vectors, int first, int last, double threshold, Action<int> onCount)
    {
        var depth = vectors.Dimensions;
        var size = depth * DotPanel.Columns;
        var panels = new float[(last - first + DotPanel.Columns - 1) / DotPanel.Columns * size];
        for (var start = first; start < last; start += DotPanel.Columns)
        {
            DotPanel.Pack(vectors, start, panels.AsSpan((start - first) / DotPanel.Columns * size, size));
        }

        // A sum in single precision is off by at most this for rows of length 1 (Higham, 2002, section 3.1); twice that for their rounding.
        var limit = (float)(threshold - (depth * Math.ScaleB(1, -23)));
        Span<float> products = stackalloc float[DotPanel.Rows * DotPanel.Columns];
        Span<float> border = new float[DotPanel.Rows * depth];
        var edges = new List<SimilarityEdge>();
        var counted = 0;
        for (var u = 0; u < last; u += DotPanel.Rows)
        {
            ReadOnlySpan<float> rows;
            if (u + DotPanel.Rows <= vectors.Count)
            {
                rows = vectors.Values.AsSpan(u * depth, DotPanel.Rows * depth);
            }
            else
            {
                vectors.Values.AsSpan(u * depth).CopyTo(border);
                rows = border;
            }

            // Panels that end before the first row hold no larger node.
            for (var v = first + (Math.Max(0, u + 1 - first) / DotPanel.Columns * DotPanel.Columns); v < last; v += DotPanel.Columns)
            {
                if (DotPanel.TryCompute(panels.AsSpan((v - first) / DotPanel.Columns * size, size), rows, limit, products))
                {
                    Decide(vectors, u, v, products, limit, threshold, edges);
                }
            }

            if (edges.Count - counted >= CountedAtOnce)
            {
                onCount(edges.Count - counted);
                counted = edges.Count;
            }
        }

        onCount(edges.Count - counted);
        return edges;
    }

    /// <summary>Decides every candidate of a panel by <see cref="CosineKernel"/>, whatever the machine computed.</summary>
    private static void Decide(
        VectorTable vectors, int u, int v, ReadOnlySpan<float> products, float limit, double threshold, List<SimilarityEdge> edges)
    {
        for (var i = 0; i < DotPanel.Rows && u + i < vectors.Count; i++)
        {
            var row = products.Slice(i * DotPanel.Columns, Math.Min(DotPanel.Columns, vectors.Count - v));
            for (var j = Math.Max(0, u + i + 1 - v); j < row.Length; j++)
            {
                if (row[j] >= limit && CosineKernel.Dot(vectors.Row(u + i), vectors.Row(v + j)) is var cosine && cosine > threshold)
                {
                    edges.Add(new SimilarityEdge(u + i, v + j, Math.Round(cosine, CosineKernel.Decimals)));
                }
            }
        }
    }

    /// <summary>Sorts by smaller node; within one the groups, and so the larger nodes, ascend already.</summary>
    private static SimilarityEdge[] Join(List<SimilarityEdge>[] found, int count, int total)
    {
        var next = new int[count + 1];
        foreach (var edge in found.SelectMany(part => part))
        {
            next[edge.U + 1]++;
        }

        for (var node = 0; node < count; node++)
        {
            next[node + 1] += next[node];
        }

        var edges = new SimilarityEdge[total];
        for (var group = 0; group < found.Length; group++)
        {
            foreach (var edge in found[group])
            {
                edges[next[edge.U]++] = edge;
            }

            found[group] = [];
        }

        return edges;
    }
}
