using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AgentScaler.Cli.Tests;

public sealed class GraphCommandTests
{
    private const string TwoTriangles = "0 1\n1 2\n0 2\n2 3\n3 4\n4 5\n3 5\n9 9\n";

    [Fact]
    public async Task Communities_TwoTriangles_AreTwoCommunitiesAndTheLoopIsAlone()
    {
        using var folder = new TemporaryFolder();
        var edges = Write(folder, "edges.txt", TwoTriangles);
        var output = Path.Combine(folder.Path, "found.txt");

        var (code, answer, _) = await RunAsync("graph", "communities", edges, "--out", output, "--json");

        Assert.Equal(CommandLine.Success, code);
        Assert.Equal(["0 0", "1 0", "2 0", "3 1", "4 1", "5 1", "9 2"], await File.ReadAllLinesAsync(output));
        using var document = JsonDocument.Parse(answer);
        Assert.Equal(2, document.RootElement.GetProperty("communities").GetInt32());
        Assert.Equal(1, document.RootElement.GetProperty("isolates").GetInt32());
    }

    [SkippableFact]
    public async Task Communities_KarateClub_ReachesTheOptimumWithAnySeed()
    {
        var edges = SharedFolder.Find("corpora/graphs/karate.txt.gz");
        Skip.If(edges is null, "needs shared/corpora/graphs beside the repository, or AGENTSCALER_SHARED");
        using var folder = new TemporaryFolder();
        for (var seed = 1; seed <= 5; seed++)
        {
            var output = Path.Combine(folder.Path, "found.json");
            Assert.Equal(CommandLine.Success, (await RunAsync("graph", "communities", edges!, "--out", output, "--seed", $"{seed}")).Code);
            using var document = JsonDocument.Parse(await File.ReadAllTextAsync(output));
            Assert.Equal(0.41979, document.RootElement.GetProperty("modularity").GetDouble(), 5);
            Assert.Equal(4, document.RootElement.GetProperty("communities").GetArrayLength());
        }
    }

    [Fact]
    public async Task Communities_BadLine_IsReportedAndLeftOut()
    {
        using var folder = new TemporaryFolder();
        var edges = Write(folder, "edges.txt", TwoTriangles + "here be dragons\n");

        var (code, output, error) = await RunAsync("graph", "communities", edges, "--out", Path.Combine(folder.Path, "found.txt"));

        Assert.Equal(CommandLine.Success, code);
        Assert.Contains("1 lines left out", output, StringComparison.Ordinal);
        Assert.Contains("line 9: found 'here be dragons'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("edges.txt", "no edge here\n")]
    [InlineData("edges.txt", "")]
    [InlineData("elsewhere.txt", TwoTriangles)]
    public async Task Communities_NothingToRead_IsWrongUsageThatNamesTheFile(string name, string content)
    {
        using var folder = new TemporaryFolder();
        Write(folder, name, content);

        var (code, _, error) = await RunAsync("graph", "communities", Path.Combine(folder.Path, "edges.txt"), "--out", Path.Combine(folder.Path, "found.txt"));

        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains("edges.txt", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vectors_4x3.f32")]
    [InlineData("vectors_4x3.f32.gz")]
    public async Task Similar_RawMatrix_WritesThePairsAboveTheThreshold(string name)
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "pairs.txt");

        // The last row is of length 10 and is brought to length 1.
        var (code, text, _) = await RunAsync("graph", "similar", Matrix(folder, name, [1, 0, 0, 0, 1, 0, 0.6f, 0.8f, 0, 0, 6, 8]), "--threshold", "0.5", "--out", output);

        Assert.Equal(CommandLine.Success, code);
        Assert.Equal(["0 2 0.600000", "1 2 0.800000", "1 3 0.600000"], await File.ReadAllLinesAsync(output));
        Assert.Contains("3 edges", text, StringComparison.Ordinal);
        Assert.Contains("1 rows were not of length 1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vectors.f32", null, "--dimensions")]
    [InlineData("vectors.f32", "5", "expected a whole number of rows of 5 values")]
    [InlineData("vectors_3x3.f32", null, "4 rows of 3 values, its name says 3")]
    public async Task Similar_SizeThatDoesNotFit_IsWrongUsageThatSaysWhy(string name, string? dimensions, string expected)
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["graph", "similar", Matrix(folder, name, new float[12]), "--threshold", "0.5", "--out", Path.Combine(folder.Path, "pairs.txt")];

        var (code, _, error) = await RunAsync(dimensions is null ? arguments : [.. arguments, "--dimensions", dimensions]);

        Assert.Equal(CommandLine.WrongUsage, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_SampleCatalogue_WritesDomainsAndMeasurements()
    {
        using var folder = new TemporaryFolder();
        var output = Path.Combine(folder.Path, "graph");

        var (code, _, error) = await RunAsync("graph", "build", Path.Combine(AppContext.BaseDirectory, "Samples"), "--out", output);

        Assert.True(code == CommandLine.Success, error);
        using var stats = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "stats.json")));
        var graph = stats.RootElement.GetProperty("graph");
        Assert.Equal(graph.GetProperty("domains").GetInt32(), (await File.ReadAllLinesAsync(Path.Combine(output, "domains.jsonl"))).Length);
        Assert.Equal(graph.GetProperty("tools").GetInt32(), (await File.ReadAllLinesAsync(Path.Combine(output, "communities.txt"))).Length);
        Assert.True(graph.GetProperty("domains").GetInt32() >= 6);
        Assert.Contains(stats.RootElement.GetProperty("phases").EnumerateArray(), phase => phase.GetProperty("phase").GetString() == "similarity");
        var (again, _, _) = await RunAsync("graph", "communities", Path.Combine(output, "edges.txt.gz"), "--out", Path.Combine(folder.Path, "found.txt"));
        Assert.Equal(CommandLine.Success, again);
    }

    private static string Write(TemporaryFolder folder, string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Matrix(TemporaryFolder folder, string name, float[] values)
    {
        var path = Path.Combine(folder.Path, name);
        using Stream file = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(path), CompressionMode.Compress) : File.Create(path);
        file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error, TimeProvider.System);
        return (code, output.ToString(), error.ToString());
    }
}
