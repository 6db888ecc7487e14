using System.Globalization;
using AgentScaler.Determinism;
using AgentScaler.Graphs;

namespace AgentScaler.Performance;

/// <summary>
/// Similarity search and community detection on the reference graphs, in CPU seconds of all threads without reading and process start-up.
/// The baselines are those recorded in corpora/README.md on this class of machine, not measured in this run.
/// </summary>
internal static class GraphBenchmark
{
    private const int Repeats = 5;

    private static readonly SimilarityCase[] Searches =
    [
        new("vectors_10000x256.f32.gz", 0.8, 204_749, "numpy 0.52 s, faiss 0.91 s, scikit-learn 2.0 s"),
        new("vectors_30000x256.f32.gz", 0.9, 490_714, "numpy 4.11 s, faiss 5.7 s, scikit-learn 12.6 s"),
    ];

    private static readonly CommunityCase[] Graphs =
    [
        new("karate.txt.gz", 0.41979, "exact optimum"),
        new("tools_10k_tau080.txt.gz", 0.57986, "igraph Louvain 0.12 s, Leiden 0.09 s, networkx 2.5 s"),
        new("tools_30k_tau090.txt.gz", 0.64625, "igraph Louvain 0.33 s, Leiden 0.30 s, networkx 9.4 s"),
        new("planted_100k_1M.txt.gz", 0.70029, "igraph Louvain 2.9 s, Leiden 1.7 s, networkx 43 s"),
    ];

    /// <summary>Runs what is there and prints a table.</summary>
    /// <returns>1 if an edge count or a modularity is not as recorded.</returns>
    public static int Run()
    {
        if (FindFolder() is not { } folder)
        {
            Console.Error.WriteLine("needs shared/corpora/graphs beside the repository, or AGENTSCALER_SHARED");
            return 2;
        }

        Console.WriteLine($"{"file",-28} {"first",9} {"median",9}  result; recorded baselines");
        var isRight = true;
        foreach (var item in Searches.Where(item => File.Exists(Path.Combine(folder, item.File))))
        {
            var vectors = VectorFile.Read(Path.Combine(folder, item.File), null).Vectors;
            var (edges, first, median) = Measure(() => SimilarityGraph.Find(vectors, item.Threshold).Count);
            isRight &= edges == item.Edges;
            Print(item.File, first, median, $"{edges} edges (recorded {item.Edges}); {item.Baselines}");
        }

        foreach (var item in Graphs.Where(item => File.Exists(Path.Combine(folder, item.File))))
        {
            var list = EdgeListReader.ReadFile(Path.Combine(folder, item.File));
            var graph = list.ToGraph();
            var starts = list.Edges.Count < 10_000 ? 10 : 1;
            var (found, first, median) = Measure(() => Louvain.FindBest(graph, 1, Seed.Root(1), starts));
            var modularity = Modularity.Of(graph, found);
            isRight &= modularity > item.Modularity - 0.001;
            var communities = found.GroupBy(community => community).Count(group => group.Count() > 1);
            Print(item.File, first, median, string.Create(CultureInfo.InvariantCulture, $"Q {modularity:0.00000} (recorded {item.Modularity:0.00000}), {communities} communities; {item.Baselines}"));
        }

        Console.WriteLine(isRight ? "all results as recorded" : "results differ from those recorded");
        return isRight ? 0 : 1;
    }

    private static (T Result, double First, double Median) Measure<T>(Func<T> run)
    {
        var result = default(T)!;
        var times = new double[Repeats];
        for (var i = 0; i < Repeats; i++)
        {
            GC.Collect();
            var before = Environment.CpuUsage.TotalTime;
            result = run();
            times[i] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        }

        return (result, times[0], times.Order().ElementAt(Repeats / 2));
    }

    private static void Print(string file, double first, double median, string result) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file,-28} {first,7:0.000} s {median,7:0.000} s  {result}"));

    private static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable("AGENTSCALER_SHARED") is { Length: > 0 } named)
        {
            return Existing(Path.Combine(named, "corpora", "graphs"));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentScaler.sln")))
            {
                return Existing(Path.Combine(folder.FullName, "..", "shared", "corpora", "graphs"));
            }
        }

        return null;
    }

    private static string? Existing(string path) => Directory.Exists(path) ? path : null;

    private sealed record SimilarityCase(string File, double Threshold, int Edges, string Baselines);

    private sealed record CommunityCase(string File, double Modularity, string Baselines);
}
