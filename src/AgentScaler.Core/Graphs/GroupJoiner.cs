namespace AgentScaler.Graphs;

/// <summary>
/// Joins connected groups that belong together and fit into one domain [ours]: modularity parts a small API's books from its borrowers
/// although its loans
/// refer to both, and splitting at a higher resolution leaves crumbs. Tools of one domain share one database, so groups that lean on each
/// other
/// should be one. How much a group leans on another is the share of its edge weight that leads there; unlike a gain in modularity it does
/// not
/// change with the size of the catalogue.
/// </summary>
internal sealed class GroupJoiner(WeightedGraph graph, int maximum)
{
    /// <summary>Least share of the smaller group's weight; below it edges between groups are chance.</summary>
    private const double MinimumShare = 0.1;

    private readonly PriorityQueue<(int A, int B, int Version), (double Order, int A, int B)> queue = new();
    private int[]?[] groups = [];
    private double[] volumes = [];
    private int[] versions = [];
    private SortedDictionary<int, double>[] links = [];

    /// <summary>Joins the two groups of the highest share, again and again, while two fit into one.</summary>
    /// <param name="parts">A partition of the nodes.</param>
    /// <returns>A coarser partition, in the order of first nodes; each group ascending.</returns>
    public IReadOnlyList<int[]> Join(IReadOnlyList<int[]> parts)
    {
        groups = [.. parts.OrderBy(part => part[0])];
        volumes = [.. groups.Select(group => group!.Sum(node => graph.Degrees[node]))];
        versions = new int[groups.Length];
        links = Link();
        for (var a = 0; a < groups.Length; a++)
        {
            EnqueueAll(a, onlyAbove: a);
        }

        while (queue.TryDequeue(out var next, out _))
        {
            if (groups[next.A] is not null && groups[next.B] is not null && versions[next.A] + versions[next.B] == next.Version)
            {
                Merge(next.A, next.B);
            }
        }

        return [.. groups.OfType<int[]>().OrderBy(group => group[0])];
    }

    private void Merge(int a, int b)
    {
        groups[a] = [.. groups[a]!.Concat(groups[b]!).Order()];
        groups[b] = null;
        volumes[a] += volumes[b];
        versions[a]++;
        links[a].Remove(b);
        foreach (var (other, weight) in links[b])
        {
            links[other].Remove(b);
            if (other != a)
            {
                links[a][other] = links[other][a] = links[a].GetValueOrDefault(other) + weight;
            }
        }

        links[b].Clear();
        EnqueueAll(a, onlyAbove: -1);
    }

    private void EnqueueAll(int group, int onlyAbove)
    {
        foreach (var (other, weight) in links[group])
        {
            var share = weight / Math.Min(volumes[group], volumes[other]);
            if (other > onlyAbove && share >= MinimumShare && groups[group]!.Length + groups[other]!.Length <= maximum)
            {
                int a = Math.Min(group, other), b = Math.Max(group, other);
                queue.Enqueue((a, b, versions[a] + versions[b]), (-share, a, b));
            }
        }
    }

    /// <summary>The weight between every two groups that have an edge.</summary>
    private SortedDictionary<int, double>[] Link()
    {
        var groupOf = new int[graph.Count];
        for (var i = 0; i < groups.Length; i++)
        {
            foreach (var node in groups[i]!)
            {
                groupOf[node] = i;
            }
        }

        var found = groups.Select(_ => new SortedDictionary<int, double>()).ToArray();
        for (var node = 0; node < graph.Count; node++)
        {
            var neighbours = graph.Neighbours(node);
            for (var k = 0; k < neighbours.Length; k++)
            {
                if (groupOf[neighbours[k]] is var other && other != groupOf[node])
                {
                    var row = found[groupOf[node]];
                    row[other] = row.GetValueOrDefault(other) + graph.NeighbourWeights(node)[k];
                }
            }
        }

        return found;
    }
}
