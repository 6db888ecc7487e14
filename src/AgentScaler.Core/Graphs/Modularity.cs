namespace AgentScaler.Graphs;

/// <summary>
/// Newman and Girvan's modularity with resolution (Reichardt and Bornholdt, 2006): the sum over communities of
/// <c>w_in / m - resolution * (degree / 2m)^2</c>, where m is the weight of all edges.
/// </summary>
public static class Modularity
{
    /// <summary>The modularity of a partition, -0.5..1 at resolution 1; 0 for a graph without edges.</summary>
    /// <param name="communities">For each node its community, at least 0.</param>
    public static double Of(WeightedGraph graph, IReadOnlyList<int> communities, double resolution = 1)
    {
        if (graph.TotalDegree == 0)
        {
            return 0;
        }

        // An array: this loop visits every edge.
        var numbers = communities as int[] ?? [.. communities];
        var count = numbers.Max() + 1;
        var inside = new double[count];
        var degrees = new double[count];
        for (var node = 0; node < graph.Count; node++)
        {
            var community = numbers[node];
            degrees[community] += graph.Degrees[node];
            inside[community] += 2 * graph.Loops[node];
            for (var i = graph.Offsets[node]; i < graph.Offsets[node + 1]; i++)
            {
                if (numbers[graph.Targets[i]] == community)
                {
                    inside[community] += graph.Weights[i];
                }
            }
        }

        var quality = 0.0;
        for (var community = 0; community < count; community++)
        {
            var share = degrees[community] / graph.TotalDegree;
            quality += (inside[community] / graph.TotalDegree) - (resolution * share * share);
        }

        return quality;
    }
}
