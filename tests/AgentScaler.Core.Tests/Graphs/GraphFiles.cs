using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using AgentScaler.Graphs;

namespace AgentScaler.Core.Tests.Graphs;

/// <summary>The reference graphs and vectors of the shared corpora.</summary>
internal static class GraphFiles
{
    /// <summary>An edge list <c>u v [w]</c> as a graph; skips the test where it is absent.</summary>
    public static WeightedGraph Load(string name)
    {
        var edges = new List<SimilarityEdge>();
        using var reader = new StreamReader(Open($"corpora/graphs/{name}.txt.gz"));
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            edges.Add(new SimilarityEdge(
                int.Parse(parts[0], CultureInfo.InvariantCulture),
                int.Parse(parts[1], CultureInfo.InvariantCulture),
                parts.Length > 2 ? double.Parse(parts[2], CultureInfo.InvariantCulture) : 1));
        }

        return WeightedGraph.FromEdges(edges.Max(edge => edge.V) + 1, edges);
    }

    /// <summary>The first rows of a file of raw little-endian rows of 256 values.</summary>
    public static VectorTable LoadVectors(int count, int rows)
    {
        var values = new float[rows * 256];
        using var stream = Open($"corpora/graphs/vectors_{count}x256.f32.gz");
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return new VectorTable(values, 256);
    }

    private static GZipStream Open(string relative)
    {
        var path = SharedData.Find(relative);
        Skip.If(path is null, $"needs shared/{relative} beside the repository, or AGENTSCALER_SHARED");
        return new GZipStream(File.OpenRead(path!), CompressionMode.Decompress);
    }
}
