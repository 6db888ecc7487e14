using AgentScaler.Determinism;
using AgentScaler.Graphs;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class ModularityTests
{
    [Property(MaxTest = 60)]
    public void Of_AnyPartition_EqualsTheSumOverPairs(int number, byte size, byte groups, byte density)
    {
        var random = Seed.Root(number).Random();
        var count = 1 + (size % 12);
        var edges = RandomGraphs.Edges(random, count, density % 101 / 100.0);
        var communities = Enumerable.Range(0, count).Select(_ => random.Next(1 + (groups % 5))).ToArray();
        var resolution = 0.25 + (2 * random.NextDouble());

        var graph = WeightedGraph.FromEdges(count, edges);

        Assert.Equal(Naive(count, edges, communities, resolution), Modularity.Of(graph, communities, resolution), 1e-12);
    }

    [Fact]
    public void Of_TwoTrianglesWithABridge_IsTheTextbookValue()
    {
        var graph = WeightedGraph.FromEdges(6, [new(0, 1, 1), new(0, 2, 1), new(1, 2, 1), new(3, 4, 1), new(3, 5, 1), new(4, 5, 1), new(2, 3, 1)]);

        Assert.Equal((6.0 / 7) - 0.5, Modularity.Of(graph, [0, 0, 0, 1, 1, 1]), 12);
    }

    [Fact]
    public void Of_GraphWithoutEdges_IsZero() => Assert.Equal(0, Modularity.Of(WeightedGraph.FromEdges(3, []), [0, 1, 2]));

    /// <summary>The definition: the sum over ordered pairs in one community of A - resolution * k k' / 2m, over 2m.</summary>
    private static double Naive(int count, IReadOnlyList<SimilarityEdge> edges, int[] communities, double resolution)
    {
        var adjacency = new double[count, count];
        foreach (var (u, v, weight) in edges)
        {
            adjacency[u, v] += weight;
            adjacency[v, u] += weight;
        }

        var degrees = Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count).Sum(j => adjacency[i, j])).ToArray();
        var total = degrees.Sum();
        return total == 0 ? 0 : (
            from i in Enumerable.Range(0, count)
            from j in Enumerable.Range(0, count)
            where communities[i] == communities[j]
            select adjacency[i, j] - (resolution * degrees[i] * degrees[j] / total)).Sum() / total;
    }
}
