using AgentScaler.Determinism;

namespace AgentScaler.Graphs;

/// <summary>
/// Brings a community down to a wanted size: detection at rising resolution, then a cut where no resolution parts the tools. Every part is
/// connected; parts that came out small are for <see cref="GroupJoiner"/> to put together.
/// </summary>
internal sealed class CommunitySplitter(WeightedGraph graph, double resolution, int maximum, Seed seed)
{
    /// <summary>Factor from one resolution to the next; small, so that parts come off near the wanted size.</summary>
    private const double Step = 1.25;

    /// <summary>Resolutions tried before cutting: up to about 200 times the first.</summary>
    private const int Steps = 24;

    /// <summary>Splits one community into groups of at most the maximum.</summary>
    /// <param name="nodes">Ascending; connected in the graph.</param>
    public IReadOnlyList<int[]> Split(int[] nodes, CancellationToken cancellationToken)
    {
        if (nodes.Length <= maximum)
        {
            return [nodes];
        }

        var parts = new List<int[]>();
        var waiting = new Stack<(int[] Nodes, int Step)>();
        waiting.Push((nodes, 0));
        while (waiting.TryPop(out var next))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (next.Nodes.Length <= maximum)
            {
                parts.Add(next.Nodes);
                continue;
            }

            var inside = graph.Induce(next.Nodes);
            var step = next.Step;
            IReadOnlyList<int[]> found = [];
            while (found.Count < 2 && step < Steps)
            {
                found = Communities.Members(Louvain.Find(inside, resolution * Math.Pow(Step, step), seed.Child(step), cancellationToken));
                step++;
            }

            // Where all tools are alike, a resolution either keeps them together or leaves each alone: that is no division.
            var isShattered = found.Count(part => part.Length == 1) > next.Nodes.Length / 2;
            if (found.Count < 2 || isShattered)
            {
                parts.AddRange(Cut(inside).Select(part => Outer(part, next.Nodes)));
                continue;
            }

            foreach (var part in found)
            {
                waiting.Push((Outer(part, next.Nodes), step));
            }
        }

        return parts;
    }

    private static int[] Outer(int[] inner, int[] nodes) => [.. inner.Select(i => nodes[i])];

    /// <summary>Cuts a graph into chunks of about equal size, each grown from its first node by the node most tied to it.</summary>
    private List<int[]> Cut(WeightedGraph inside)
    {
        var chunks = (inside.Count + maximum - 1) / maximum;
        var wanted = (inside.Count + chunks - 1) / chunks;
        var isTaken = new bool[inside.Count];
        var result = new List<int[]>();
        for (var first = 0; first < inside.Count; first++)
        {
            if (isTaken[first])
            {
                continue;
            }

            var ties = new double[inside.Count];
            var chunk = new List<int>();
            for (var next = first; next >= 0 && chunk.Count < wanted; next = Strongest(ties, isTaken))
            {
                isTaken[next] = true;
                chunk.Add(next);
                var neighbours = inside.Neighbours(next);
                for (var i = 0; i < neighbours.Length; i++)
                {
                    ties[neighbours[i]] += inside.NeighbourWeights(next)[i];
                }
            }

            chunk.Sort();
            result.Add([.. chunk]);
        }

        return result;
    }

    /// <summary>The free node with the strongest tie, the first of equals; -1 if none is tied.</summary>
    private static int Strongest(double[] ties, bool[] isTaken)
    {
        var best = -1;
        for (var node = 0; node < ties.Length; node++)
        {
            if (!isTaken[node] && ties[node] > (best < 0 ? 0 : ties[best]))
            {
                best = node;
            }
        }

        return best;
    }
}
