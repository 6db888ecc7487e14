namespace AgentScaler.Graphs;

/// <summary>Partitions of a graph's nodes, as one community number a node.</summary>
internal static class Communities
{
    /// <summary>Renumbers in place: 0, 1, ... in the order of first nodes.</summary>
    /// <returns>How many communities there are.</returns>
    public static int Renumber(int[] communities)
    {
        if (communities.Length == 0)
        {
            return 0;
        }

        var numbers = new int[communities.Max() + 1];
        var count = 0;
        for (var node = 0; node < communities.Length; node++)
        {
            ref var number = ref numbers[communities[node]];
            if (number == 0)
            {
                number = ++count;
            }

            communities[node] = number - 1;
        }

        return count;
    }

    /// <summary>Gives each connected part of a community a number of its own. Never lowers modularity: no edge is cut.</summary>
    public static int[] SplitIntoConnected(WeightedGraph graph, int[] communities)
    {
        var parts = new int[communities.Length];
        Array.Fill(parts, -1);
        var stack = new Stack<int>();
        var count = 0;
        for (var node = 0; node < parts.Length; node++)
        {
            if (parts[node] >= 0)
            {
                continue;
            }

            parts[node] = count;
            stack.Push(node);
            while (stack.TryPop(out var current))
            {
                foreach (var neighbour in graph.Neighbours(current))
                {
                    if (parts[neighbour] < 0 && communities[neighbour] == communities[node])
                    {
                        parts[neighbour] = count;
                        stack.Push(neighbour);
                    }
                }
            }

            count++;
        }

        return parts;
    }

    /// <summary>The members of each community, ascending; communities in the order of their numbers.</summary>
    public static IReadOnlyList<int[]> Members(IReadOnlyList<int> communities)
    {
        var count = communities.Count == 0 ? 0 : communities.Max() + 1;
        var members = WeightedGraph.GroupMembers(communities, count, out var starts);
        return [.. Enumerable.Range(0, count).Select(c => members[starts[c]..starts[c + 1]])];
    }
}
