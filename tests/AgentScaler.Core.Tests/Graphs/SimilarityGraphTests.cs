using AgentScaler.Determinism;
using AgentScaler.Graphs;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class SimilarityGraphTests
{
    // Sizes beside multiples of a panel and of the rows that meet it, where borders could go wrong.
    [Property(MaxTest = 25)]
    public void Find_AnyVectors_AreExactlyThePairsAboveTheThreshold(int number, byte extra, byte width)
    {
        var random = Seed.Root(number).Random();
        var vectors = RandomGraphs.Vectors(random, random.Pick([1, 2, 5, 22, 46, 95, 118, 190, 250]) + (extra % 3), 3 + (width % 40));
        var threshold = Math.Round((2 * random.NextDouble()) - 1, 2);

        var edges = SimilarityGraph.Find(vectors, threshold);

        Assert.Equal(Naive(vectors, threshold), edges);
    }

    [Fact]
    public void Find_CosineEqualToTheThreshold_IsNoEdge()
    {
        // 0.5 * 0.75 is exact in every arithmetic.
        var vectors = new VectorTable([0.5f, 0, 0.75f, 0, 0.75f, 1e-7f], 2);

        Assert.Empty(SimilarityGraph.Find(new VectorTable([0.5f, 0, 0.75f, 0], 2), 0.375));
        Assert.Equal(
            [new SimilarityEdge(0, 1, 0.375), new SimilarityEdge(0, 2, 0.375), new SimilarityEdge(1, 2, 0.5625)],
            SimilarityGraph.Find(vectors, 0.375 - 1e-9));
    }

    [Fact]
    public void Find_PairsWithinDoubtOfTheThreshold_AreDecidedByTheScalarKernel()
    {
        var vectors = RandomGraphs.Vectors(Seed.Root(7).Random(), 60, 256);
        for (var v = 1; v < 20; v++)
        {
            // The threshold is a pair's own double-precision cosine: single precision could fall on either side, the kernel may not.
            var threshold = CosineKernel.Dot(vectors.Row(0), vectors.Row(v));
            Assert.DoesNotContain(SimilarityGraph.Find(vectors, threshold), edge => edge.U == 0 && edge.V == v);
            Assert.Contains(SimilarityGraph.Find(vectors, Math.BitDecrement(threshold)), edge => edge.U == 0 && edge.V == v);
        }
    }

    [Fact]
    public void Find_MoreEdgesThanAllowed_SaysWhatToChange()
    {
        var vectors = new VectorTable([.. Enumerable.Repeat(new[] { 1f, 0f }, 300).SelectMany(row => row)], 2);

        var error = Assert.Throws<GraphException>(() => SimilarityGraph.Find(vectors, 0.5, maximumEdges: 1000));

        Assert.Contains("raise graph.threshold", error.Message, StringComparison.Ordinal);
        Assert.Equal(300 * 299 / 2, SimilarityGraph.Find(vectors, 0.5).Count);
    }

    [SkippableFact]
    public void Find_RealVectors_GivesTheRecordedEdges()
    {
        const int Rows = 2000;
        var recorded = GraphFiles.Load("tools_10k_tau080");
        var vectors = GraphFiles.LoadVectors(10_000, Rows);

        var edges = SimilarityGraph.Find(vectors, 0.8);

        var expected = Enumerable.Range(0, Rows).SelectMany(u => recorded.Neighbours(u).ToArray().Where(v => v > u && v < Rows).Select(v => (u, v)));
        Assert.Equal(expected, edges.Select(edge => (edge.U, edge.V)));
        Assert.True(edges.Count > 1000);
    }

    [Fact]
    public void Find_SeveralGroups_AreExactlyThePairsAboveTheThreshold()
    {
        var vectors = RandomGraphs.Vectors(Seed.Root(11).Random(), 270, 2048);

        Assert.Equal(Naive(vectors, 0.01), SimilarityGraph.Find(vectors, 0.01));
    }

    private static List<SimilarityEdge> Naive(VectorTable vectors, double threshold)
    {
        var edges = new List<SimilarityEdge>();
        for (var u = 0; u < vectors.Count; u++)
        {
            for (var v = u + 1; v < vectors.Count; v++)
            {
                var cosine = 0.0;
                for (var i = 0; i < vectors.Dimensions; i++)
                {
                    cosine += (double)vectors.Row(u)[i] * vectors.Row(v)[i];
                }

                if (cosine > threshold)
                {
                    edges.Add(new SimilarityEdge(u, v, Math.Round(cosine, 6)));
                }
            }
        }

        return edges;
    }
}
