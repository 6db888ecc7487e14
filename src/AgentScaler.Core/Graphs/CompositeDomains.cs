using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>
/// Joins pairs of domains in which one provider's same things occur (orders here, the invoices of these orders there), so that tasks can lead from one into the other. The
/// domains themselves stay as they are: a composite is one more.
/// </summary>
internal static class CompositeDomains
{
    /// <summary>A thing that occurs in more domains than this joins everything with everything, and says nothing.</summary>
    private const int MostDomains = 12;

    /// <summary>Pairs looked at for each composite wanted.</summary>
    private const int PairsPerComposite = 6;

    /// <summary>The tools of each composite, sorted by name: those of the pairs with the most edges between them first, each domain at most once.</summary>
    public static IReadOnlyList<ToolSpec[]> Of(IReadOnlyList<Domain> domains, GraphSettings settings, CancellationToken cancellationToken)
    {
        var wanted = (int)Math.Round(domains.Count * settings.CompositeShare, MidpointRounding.AwayFromZero);
        if (wanted == 0)
        {
            return [];
        }

        var scored = new List<(int First, int Second, int Edges, ToolSpec[] Tools)>();
        foreach (var (first, second) in Candidates(domains, settings.MaximumTools).Take(wanted * PairsPerComposite))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tools = domains[first].Tools.Concat(domains[second].Tools).OrderBy(tool => tool.Name, StringComparer.Ordinal).ToArray();
            var own = domains[first].Tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
            var between = DependencyFinder.Find(tools, settings.DependencyThreshold).Count(edge => own.Contains(edge.Producer) != own.Contains(edge.Consumer));
            if (between > 0)
            {
                scored.Add((first, second, between, tools));
            }
        }

        var used = new HashSet<int>();
        return [.. scored.OrderByDescending(pair => pair.Edges).ThenBy(pair => pair.First).ThenBy(pair => pair.Second)
            .Where(pair => !used.Contains(pair.First) && !used.Contains(pair.Second) && used.Add(pair.First) && used.Add(pair.Second)).Take(wanted).Select(pair => pair.Tools)];
    }

    /// <summary>Pairs of domains with something in common, those with most first; together they are no larger than two domains may be.</summary>
    private static IEnumerable<(int First, int Second)> Candidates(IReadOnlyList<Domain> domains, int maximumTools)
    {
        var common = new Dictionary<(int First, int Second), int>();
        var holders = domains.SelectMany((domain, index) => domain.Tools.SelectMany(Things).Distinct().Select(thing => (thing, index))).GroupBy(pair => pair.thing, pair => pair.index);
        foreach (var indices in holders.Select(holder => holder.ToList()).Where(indices => indices.Count is > 1 and <= MostDomains))
        {
            foreach (var (first, second) in indices.SelectMany((first, i) => indices.Skip(i + 1).Select(second => (first, second))))
            {
                common[(first, second)] = common.GetValueOrDefault((first, second)) + 1;
            }
        }

        return common.Where(pair => domains[pair.Key.First].Tools.Count + domains[pair.Key.Second].Tools.Count <= 2 * maximumTools)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key.First).ThenBy(pair => pair.Key.Second).Select(pair => pair.Key);
    }

    /// <summary>What a tool is about and what its parameters identify, with its provider: another provider's accounts are other accounts.</summary>
    private static IEnumerable<(string Provider, string Thing)> Things(ToolSpec tool)
    {
        var entity = ToolReading.Entity(tool);
        var reader = new IdentifierReader(entity.Count == 0 ? new HashSet<string>() : new HashSet<string> { entity[^1] });
        return ToolReading.Parameters(tool)
            .Select(parameter => reader.ReadParameter(parameter.Name, entity, ToolReading.Text(parameter.Schema, "x-in") == "path", ToolReading.Text(parameter.Schema, "x-segment"))?.Entity.LastOrDefault())
            .Append(entity.LastOrDefault()).OfType<string>().Select(thing => (tool.Source.Provider, thing));
    }
}
