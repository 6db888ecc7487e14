using System.Text;
using AgentScaler.Graphs;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class EdgeListReaderTests
{
    [Fact]
    public void Read_BlankLinesCommentsTabsAndWeights_ReadsTheEdges()
    {
        var list = Read("# graph\n0 1\n\n2\t1  0.5\r\n% more\n 1 1 2e0");

        Assert.Equal([new SimilarityEdge(0, 1, 1), new SimilarityEdge(1, 2, 0.5), new SimilarityEdge(1, 1, 2)], list.Edges);
        Assert.Equal([0, 1, 2], list.Nodes);
        Assert.Equal(0, list.ProblemCount);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("1 x")]
    [InlineData("-1 2")]
    [InlineData("1 2 3 4")]
    [InlineData("1 2 -3")]
    [InlineData("1 2 NaN")]
    [InlineData("1.5 2")]
    [InlineData("1 99999999999")]
    public void Read_LineThatIsNoEdge_IsReportedWithItsNumberAndLeftOut(string line)
    {
        var list = Read("0 1\n" + line + "\n1 2\n");

        Assert.Equal(2, list.Edges.Count);
        Assert.Equal(new EdgeListProblem(2, line), Assert.Single(list.Problems));
    }

    [Fact]
    public void Read_NodesNumberedWithGaps_KeepsTheirNumbersAndNoRoomForTheGaps()
    {
        var list = Read("5 2000000000\n7 5 0\n");

        Assert.Equal([5, 7, 2_000_000_000], list.Nodes);
        Assert.Equal([new SimilarityEdge(0, 2, 1)], list.Edges);
        Assert.Equal(3, list.ToGraph().Count);
    }

    [Fact]
    public void Read_LineLongerThanAnyEdge_IsOneProblem()
    {
        var list = Read("0 1\n" + new string('7', 300_000) + "\n1 x\n1 2\n");

        Assert.Equal([2L, 3L], list.Problems.Select(problem => problem.Line));
        Assert.Equal(2, list.Edges.Count);
    }

    [Fact]
    public void Read_ManyEdges_IsWhatWasWritten()
    {
        var edges = Enumerable.Range(0, 30_000).Select(i => new SimilarityEdge(i, i + 1, 1 + (i % 7 / 8.0))).ToArray();

        var list = Read(string.Join('\n', edges.Select(edge => FormattableString.Invariant($"{edge.V} {edge.U} {edge.Weight}"))));

        Assert.Equal(edges, list.Edges);
    }

    private static EdgeList Read(string text) => EdgeListReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
}
