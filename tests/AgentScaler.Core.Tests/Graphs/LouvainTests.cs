using AgentScaler.Determinism;
using AgentScaler.Graphs;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class LouvainTests
{
    [SkippableFact]
    public void Find_KarateClub_ReachesTheOptimum()
    {
        var graph = GraphFiles.Load("karate");

        var best = Enumerable.Range(0, 5).Max(seed => Modularity.Of(graph, Louvain.Find(graph, 1, Seed.Root(seed))));

        // The exact optimum (Brandes et al., 2008), four communities.
        Assert.Equal(0.41979, best, 5);
    }

    [SkippableFact]
    public void Find_TenThousandTools_IsAsGoodAsTheReference()
    {
        var graph = GraphFiles.Load("tools_10k_tau080");

        var communities = Louvain.Find(graph, 1, Seed.Root(1));

        // Two independent implementations reach .57986 and .57987 with 710 communities of two and more.
        Assert.InRange(Modularity.Of(graph, communities), 0.5796, 0.5800);
        Assert.InRange(communities.GroupBy(c => c).Count(c => c.Count() > 1), 700, 720);
    }

    [Fact]
    public void Find_PlantedCommunities_FindsThem()
    {
        var random = Seed.Root(3).Random();
        var planted = Enumerable.Range(0, 300).Select(i => i / 20).ToArray();
        var edges = new List<SimilarityEdge>();
        for (var u = 0; u < planted.Length; u++)
        {
            for (var v = u + 1; v < planted.Length; v++)
            {
                if (random.Chance(planted[u] == planted[v] ? 0.5 : 0.01))
                {
                    edges.Add(new SimilarityEdge(u, v, 1));
                }
            }
        }

        var found = Louvain.Find(WeightedGraph.FromEdges(planted.Length, edges), 1, Seed.Root(1));

        Assert.InRange(RandIndex.Of(found, planted), 0.98, 1);
    }

    [Property(MaxTest = 80)]
    public void Find_AnyGraph_GivesConnectedNumberedCommunitiesNoWorseThanTheTrivialOnes(int number, byte size, byte density)
    {
        var random = Seed.Root(number).Random();
        var count = 1 + (size % 60);
        var graph = WeightedGraph.FromEdges(count, RandomGraphs.Edges(random, count, density % 40 / 100.0));

        var communities = Louvain.Find(graph, 0.5 + random.NextDouble(), Seed.Root(number));

        Assert.Equal(count, communities.Length);
        Assert.Equal(communities, Communities.SplitIntoConnected(graph, communities));
        var quality = Modularity.Of(graph, Louvain.Find(graph, 1, Seed.Root(number)));
        Assert.True(quality >= Modularity.Of(graph, new int[count]) - 1e-9);
        Assert.True(quality >= Modularity.Of(graph, [.. Enumerable.Range(0, count)]) - 1e-9);
    }

    [Fact]
    public void Find_SameSeed_GivesTheSamePartition()
    {
        var graph = WeightedGraph.FromEdges(200, RandomGraphs.Edges(Seed.Root(5).Random(), 200, 0.05));

        Assert.Equal(Louvain.Find(graph, 1, Seed.Root(9)), Louvain.Find(graph, 1, Seed.Root(9)));
    }

    [Fact]
    public void Find_HigherResolution_GivesMoreCommunities()
    {
        var graph = WeightedGraph.FromEdges(200, RandomGraphs.Edges(Seed.Root(5).Random(), 200, 0.05));

        Assert.True(Louvain.Find(graph, 4, Seed.Root(1)).Max() > Louvain.Find(graph, 1, Seed.Root(1)).Max());
    }

    [Fact]
    public void Find_NoEdges_LeavesEveryNodeAlone() => Assert.Equal([0, 1, 2], Louvain.Find(WeightedGraph.FromEdges(3, []), 1, Seed.Root(1)));

    [Fact]
    public void FromEdges_EndOutsideTheGraph_NamesTheEdge()
    {
        var error = Assert.Throws<ArgumentException>(() => WeightedGraph.FromEdges(2, [new SimilarityEdge(0, 2, 1)]));

        Assert.Contains("0 2", error.Message, StringComparison.Ordinal);
    }
}
