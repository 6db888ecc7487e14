using AgentScaler.Determinism;
using AgentScaler.Graphs;

namespace AgentScaler.Core.Tests.Graphs;

/// <summary>Random graphs and vectors for properties.</summary>
internal static class RandomGraphs
{
    /// <summary>Each pair is an edge with the given probability; weights 0.1-1.</summary>
    public static List<SimilarityEdge> Edges(SeededRandom random, int count, double density)
    {
        var edges = new List<SimilarityEdge>();
        for (var u = 0; u < count; u++)
        {
            for (var v = u + 1; v < count; v++)
            {
                if (random.Chance(density))
                {
                    edges.Add(new SimilarityEdge(u, v, Math.Round(0.1 + (0.9 * random.NextDouble()), 6)));
                }
            }
        }

        return edges;
    }

    /// <summary>Normalised random rows around a few centres, so that all similarities occur.</summary>
    public static VectorTable Vectors(SeededRandom random, int count, int dimensions)
    {
        var centres = Enumerable.Range(0, 4).Select(_ => Direction(random, dimensions)).ToArray();
        var values = new float[count * dimensions];
        for (var row = 0; row < count; row++)
        {
            var (centre, own, share) = (random.Pick(centres), Direction(random, dimensions), random.NextDouble());
            var sum = centre.Zip(own, (a, b) => (share * a) + ((1 - share) * b)).ToArray();
            var length = Math.Sqrt(sum.Sum(x => x * x));
            for (var i = 0; i < dimensions; i++)
            {
                values[(row * dimensions) + i] = (float)(sum[i] / length);
            }
        }

        return new VectorTable(values, dimensions);
    }

    private static double[] Direction(SeededRandom random, int dimensions)
    {
        var direction = Enumerable.Range(0, dimensions).Select(_ => (2 * random.NextDouble()) - 1).ToArray();
        var length = Math.Sqrt(direction.Sum(x => x * x));
        return [.. direction.Select(x => x / length)];
    }
}
