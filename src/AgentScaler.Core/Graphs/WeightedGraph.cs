namespace AgentScaler.Graphs;

/// <summary>
/// An undirected weighted graph in compressed rows: the neighbours of node i are <c>Targets[Offsets[i]..Offsets[i + 1]]</c>, ascending.
/// Each
/// edge stands in the rows of both its ends; the weight within a node (a self-loop) is kept apart.
/// </summary>
public sealed class WeightedGraph
{
    private WeightedGraph(int[] offsets, int[] targets, double[] weights, double[] loops)
    {
        Offsets = offsets;
        Targets = targets;
        Weights = weights;
        Loops = loops;
        Degrees = new double[loops.Length];
        var total = 0.0;
        for (var node = 0; node < Degrees.Length; node++)
        {
            var degree = 2 * loops[node];
            for (var i = offsets[node]; i < offsets[node + 1]; i++)
            {
                degree += weights[i];
            }

            Degrees[node] = degree;
            total += degree;
        }

        TotalDegree = total;
    }

    /// <summary>Nodes.</summary>
    public int Count => Loops.Length;

    /// <summary>Twice the weight of all edges.</summary>
    public double TotalDegree { get; }

    internal int[] Offsets { get; }

    internal int[] Targets { get; }

    internal double[] Weights { get; }

    internal double[] Loops { get; }

    /// <summary>Weight at each node; a self-loop counts twice.</summary>
    internal double[] Degrees { get; }

    /// <summary>The neighbours of a node, ascending.</summary>
    public ReadOnlySpan<int> Neighbours(int node) => Targets.AsSpan(Offsets[node]..Offsets[node + 1]);

    /// <summary>The weights of the edges to <see cref="Neighbours"/>, in the same order.</summary>
    public ReadOnlySpan<double> NeighbourWeights(int node) => Weights.AsSpan(Offsets[node]..Offsets[node + 1]);

    /// <summary>Builds a graph. Edges may come in any order and direction; parallel edges add up.</summary>
    /// <param name="count">Nodes, numbered from 0.</param>
    /// <exception cref="ArgumentException">An edge has an end outside the nodes, or a weight that is negative or no number.</exception>
    public static WeightedGraph FromEdges(int count, IReadOnlyList<SimilarityEdge> edges)
    {
        var offsets = new int[count + 1];
        var loops = new double[count];
        foreach (var edge in edges)
        {
            if ((uint)edge.U >= (uint)count || (uint)edge.V >= (uint)count || !double.IsFinite(edge.Weight) || edge.Weight < 0)
            {
                throw new ArgumentException(
                    $"edge {edge.U} {edge.V} {edge.Weight}: expected ends 0-{count - 1} and a weight of at least 0", nameof(edges));
            }

            if (edge.U != edge.V)
            {
                offsets[edge.U + 1]++;
                offsets[edge.V + 1]++;
            }
        }

        for (var i = 0; i < count; i++)
        {
            offsets[i + 1] += offsets[i];
        }

        var targets = new int[offsets[count]];
        var weights = new double[offsets[count]];
        var next = offsets[..count];
        foreach (var edge in edges)
        {
            if (edge.U == edge.V)
            {
                loops[edge.U] += edge.Weight;
                continue;
            }

            (targets[next[edge.U]], weights[next[edge.U]++]) = (edge.V, edge.Weight);
            (targets[next[edge.V]], weights[next[edge.V]++]) = (edge.U, edge.Weight);
        }

        return SortRows(offsets, targets, weights, loops);
    }

    /// <summary>The graph of communities: weights between them add up, weights within them become loops.</summary>
    /// <param name="communities">For each node its community, 0..<paramref name="count"/>-1, none empty.</param>
    internal WeightedGraph Aggregate(int[] communities, int count)
    {
        var members = GroupMembers(communities, count, out var starts);
        var loops = new double[count];
        var offsets = new int[count + 1];
        var targets = new List<int>();
        var weights = new List<double>();
        var between = new double[count];
        var touched = new List<int>();
        for (var community = 0; community < count; community++)
        {
            foreach (var node in members.AsSpan(starts[community]..starts[community + 1]))
            {
                loops[community] += Loops[node];
                for (var i = Offsets[node]; i < Offsets[node + 1]; i++)
                {
                    var other = communities[Targets[i]];
                    if (other == community)
                    {
                        loops[community] += Weights[i] / 2;
                        continue;
                    }

                    if (between[other] == 0 && Weights[i] > 0)
                    {
                        touched.Add(other);
                    }

                    between[other] += Weights[i];
                }
            }

            touched.Sort();
            foreach (var other in touched)
            {
                targets.Add(other);
                weights.Add(between[other]);
                between[other] = 0;
            }

            touched.Clear();
            offsets[community + 1] = targets.Count;
        }

        return new WeightedGraph(offsets, [.. targets], [.. weights], loops);
    }

    /// <summary>The graph of some of the nodes; node i of the result is <c>nodes[i]</c>.</summary>
    /// <param name="nodes">Ascending.</param>
    public WeightedGraph Induce(IReadOnlyList<int> nodes)
    {
        var position = new Dictionary<int, int>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            position[nodes[i]] = i;
        }

        var edges = new List<SimilarityEdge>();
        for (var i = 0; i < nodes.Count; i++)
        {
            var neighbours = Neighbours(nodes[i]);
            for (var k = 0; k < neighbours.Length; k++)
            {
                if (neighbours[k] > nodes[i] && position.TryGetValue(neighbours[k], out var j))
                {
                    edges.Add(new SimilarityEdge(i, j, NeighbourWeights(nodes[i])[k]));
                }
            }

            if (Loops[nodes[i]] > 0)
            {
                edges.Add(new SimilarityEdge(i, i, Loops[nodes[i]]));
            }
        }

        return FromEdges(nodes.Count, edges);
    }

    /// <summary>Nodes ordered by community, then number; community c is <c>[starts[c]..starts[c + 1]]</c>.</summary>
    internal static int[] GroupMembers(IReadOnlyList<int> communities, int count, out int[] starts)
    {
        starts = new int[count + 1];
        foreach (var community in communities)
        {
            starts[community + 1]++;
        }

        for (var i = 0; i < count; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts[..count];
        var members = new int[communities.Count];
        for (var node = 0; node < communities.Count; node++)
        {
            members[next[communities[node]]++] = node;
        }

        return members;
    }

    /// <summary>Sorts each row by target and adds parallel edges up.</summary>
    private static WeightedGraph SortRows(int[] offsets, int[] targets, double[] weights, double[] loops)
    {
        var count = loops.Length;
        var compact = new int[count + 1];
        var used = 0;
        for (var node = 0; node < count; node++)
        {
            int start = offsets[node], length = offsets[node + 1] - start;
            if (!IsAscending(targets.AsSpan(start, length)))
            {
                Array.Sort(targets, weights, start, length);
            }

            var rowStart = used;
            for (var i = start; i < start + length; i++)
            {
                if (used > rowStart && targets[used - 1] == targets[i])
                {
                    weights[used - 1] += weights[i];
                }
                else
                {
                    (targets[used], weights[used]) = (targets[i], weights[i]);
                    used++;
                }
            }

            compact[node + 1] = used;
        }

        return new WeightedGraph(compact, targets[..used], weights[..used], loops);
    }

    /// <summary>Whether a row is sorted, as those of sorted edges are.</summary>
    private static bool IsAscending(ReadOnlySpan<int> row)
    {
        for (var i = 1; i < row.Length; i++)
        {
            if (row[i] < row[i - 1])
            {
                return false;
            }
        }

        return true;
    }
}
