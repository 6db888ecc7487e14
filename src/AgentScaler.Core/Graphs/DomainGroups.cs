namespace AgentScaler.Graphs;

/// <summary>
/// Groups of nodes on their way to domains: single nodes join the groups of their neighbours, groups that stay too small dissolve.
/// </summary>
internal sealed class DomainGroups
{
    private readonly int maximum;
    private readonly int[] groupOf;
    private readonly bool[] isAttached;
    private readonly List<List<int>> groups = [];

    /// <summary>Starts from a partition; its groups of one node are single.</summary>
    public DomainGroups(int nodes, IEnumerable<int[]> parts, int maximum)
    {
        this.maximum = maximum;
        groupOf = new int[nodes];
        Array.Fill(groupOf, -1);
        isAttached = new bool[nodes];
        foreach (var part in parts)
        {
            if (part.Length > 1)
            {
                Open(part);
            }
        }
    }

    /// <summary>The groups, each ascending.</summary>
    public IEnumerable<IReadOnlyList<int>> Groups => groups.Where(group => group.Count > 0).Select(group => group.Order().ToArray());

    /// <summary>Nodes that joined a group of others.</summary>
    public int Attached => isAttached.Count(attached => attached);

    /// <summary>Whether a node is in no group.</summary>
    public bool IsSingle(int node) => groupOf[node] < 0;

    /// <summary>
    /// Lets single nodes join their most similar neighbour that has a group with room; two single neighbours may open a group.
    /// </summary>
    /// <param name="edges">Edges that count.</param>
    public void Attach(IEnumerable<SimilarityEdge> edges, bool mayOpen)
    {
        // Strongest first: where room is short, the more similar tool gets it, whatever order the tools came in.
        foreach (var edge in edges
            .Where(edge => IsSingle(edge.U) || IsSingle(edge.V))
            .OrderByDescending(edge => edge.Weight).ThenBy(edge => edge.U).ThenBy(edge => edge.V))
        {
            int u = groupOf[edge.U], v = groupOf[edge.V];
            if (u < 0 && v < 0 && mayOpen)
            {
                Open([edge.U, edge.V]);
            }
            else if (u < 0 && v >= 0)
            {
                Join(edge.U, v);
            }
            else if (v < 0 && u >= 0)
            {
                Join(edge.V, u);
            }
        }
    }

    /// <summary>Dissolves groups below a size.</summary>
    /// <returns>The nodes that are single now.</returns>
    public IReadOnlyList<int> DissolveBelow(int minimum)
    {
        var freed = new List<int>();
        foreach (var group in groups.Where(group => group.Count < minimum))
        {
            freed.AddRange(group);
            group.ForEach(node => (groupOf[node], isAttached[node]) = (-1, false));
            group.Clear();
        }

        return freed;
    }

    /// <summary>Gives every single node a group of its own.</summary>
    public void OpenSingles()
    {
        for (var node = 0; node < groupOf.Length; node++)
        {
            if (IsSingle(node))
            {
                Open([node]);
            }
        }
    }

    private void Open(IReadOnlyList<int> nodes)
    {
        foreach (var node in nodes)
        {
            groupOf[node] = groups.Count;
        }

        groups.Add([.. nodes]);
    }

    private void Join(int node, int group)
    {
        if (groups[group].Count < maximum)
        {
            groups[group].Add(node);
            groupOf[node] = group;
            isAttached[node] = true;
        }
    }
}
