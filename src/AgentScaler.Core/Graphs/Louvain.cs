using System.Runtime.CompilerServices;
using AgentScaler.Determinism;

namespace AgentScaler.Graphs;

/// <summary>
/// Louvain community detection (Blondel et al., 2008) with a queue for local moving and a refinement that leaves no community
/// disconnected (both after Traag, Waltman and van Eck, 2019): communities are split into their connected parts, then the parts may move
/// again, until nothing improves. The order of visits comes from the seed, so equal input gives an equal partition.
/// </summary>
public static class Louvain
{
    /// <summary>Passes over all levels at most; two or three are usual.</summary>
    private const int MaximumPasses = 12;

    /// <summary>Least gain, in units of edge weight, that counts as an improvement: above the rounding of the sums.</summary>
    private const double Epsilon = 1e-10;

    /// <summary>Finds communities.</summary>
    /// <param name="resolution">Above 0; higher gives more and smaller communities.</param>
    /// <returns>For each node its community, numbered from 0 in the order of their first nodes. Every community is connected.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not above 0.</exception>
    public static int[] Find(WeightedGraph graph, double resolution, Seed seed, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resolution);
        var communities = new int[graph.Count];
        for (var node = 0; node < communities.Length; node++)
        {
            communities[node] = node;
        }

        if (graph.TotalDegree == 0)
        {
            return communities;
        }

        var best = double.NegativeInfinity;
        for (var pass = 0; pass < MaximumPasses; pass++)
        {
            var candidate = (int[])communities.Clone();
            RunLevels(graph, candidate, resolution, seed.Child(pass), cancellationToken);
            candidate = Communities.SplitIntoConnected(graph, candidate);
            var quality = Modularity.Of(graph, candidate, resolution);
            if (quality <= best + Epsilon)
            {
                break;
            }

            (best, communities) = (quality, candidate);
        }

        return communities;
    }

    /// <summary>Finds communities from several seeds and keeps those of highest modularity; of equals the first.</summary>
    /// <param name="starts">At least 1.</param>
    public static int[] FindBest(WeightedGraph graph, double resolution, Seed seed, int starts, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(starts);
        var best = Find(graph, resolution, seed, cancellationToken);
        for (var start = 1; start < starts; start++)
        {
            var next = Find(graph, resolution, seed.Child("start").Child(start), cancellationToken);
            if (Modularity.Of(graph, next, resolution) > Modularity.Of(graph, best, resolution) + Epsilon)
            {
                best = next;
            }
        }

        return best;
    }

    /// <summary>One pass from the nodes up: move, aggregate, move the aggregates, until a level changes nothing.</summary>
    private static void RunLevels(WeightedGraph graph, int[] communities, double resolution, Seed seed, CancellationToken cancellationToken)
    {
        var level = graph;
        var labels = (int[])communities.Clone();
        int[]? position = null;
        for (var depth = 0; ; depth++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Communities.Renumber(labels);
            var moved = MoveNodes(level, labels, resolution, seed.Child(depth).Random());
            count = Communities.Renumber(labels);
            for (var node = 0; node < communities.Length; node++)
            {
                communities[node] = labels[position is null ? node : position[node]];
            }

            if (count == level.Count || (!moved && depth > 0))
            {
                return;
            }

            level = level.Aggregate(labels, count);
            position = (int[])communities.Clone();
            labels = new int[count];
            for (var i = 0; i < count; i++)
            {
                labels[i] = i;
            }
        }
    }

    /// <summary>Moves nodes to the neighbouring community of highest gain until none can gain; a moved node wakes its neighbours.</summary>
    /// <param name="labels">Communities 0..n-1; changed in place.</param>
    /// <returns>Whether any node moved.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool MoveNodes(WeightedGraph graph, int[] labels, double resolution, SeededRandom random)
    {
        var count = graph.Count;
        var totals = new double[count];
        for (var node = 0; node < count; node++)
        {
            totals[labels[node]] += graph.Degrees[node];
        }

        var queue = random.Shuffle(Enumerable.Range(0, count)).ToArray();
        var isQueued = new bool[count];
        Array.Fill(isQueued, true);
        var toCommunity = new double[count];
        var touched = new int[count];
        var scale = resolution / graph.TotalDegree;
        var moved = false;
        int head = 0, waiting = count;
        int[] targets = graph.Targets, offsets = graph.Offsets;
        var weights = graph.Weights;
        while (waiting > 0)
        {
            var node = queue[head];
            head = head + 1 == count ? 0 : head + 1;
            waiting--;
            isQueued[node] = false;
            var own = labels[node];
            var used = 0;
            for (var i = offsets[node]; i < offsets[node + 1]; i++)
            {
                var community = labels[targets[i]];
                if (toCommunity[community] == 0)
                {
                    touched[used++] = community;
                }

                toCommunity[community] += weights[i];
            }

            var degree = graph.Degrees[node];
            totals[own] -= degree;
            var best = own;
            var bestGain = toCommunity[own] - (scale * degree * totals[own]);
            for (var i = 0; i < used; i++)
            {
                var community = touched[i];
                var gain = toCommunity[community] - (scale * degree * totals[community]);
                if (gain > bestGain + Epsilon)
                {
                    (best, bestGain) = (community, gain);
                }
            }

            for (var i = 0; i < used; i++)
            {
                toCommunity[touched[i]] = 0;
            }

            totals[best] += degree;
            if (best == own)
            {
                continue;
            }

            labels[node] = best;
            moved = true;
            for (var i = offsets[node]; i < offsets[node + 1]; i++)
            {
                var neighbour = targets[i];
                if (!isQueued[neighbour] && labels[neighbour] != best)
                {
                    isQueued[neighbour] = true;
                    queue[(head + waiting) % count] = neighbour;
                    waiting++;
                }
            }
        }

        return moved;
    }
}
