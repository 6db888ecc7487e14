using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Graphs;

/// <summary>
/// From a catalogue to domains (paper, section on tool graph modelling): embed, link, detect communities, bring them to size, find what
/// feeds what.
/// The result depends on the tools, the settings and the seed, not on the order in which the tools come.
/// </summary>
public static class DomainFinder
{
    /// <summary>Partitions a catalogue with the hashing embedder.</summary>
    /// <exception cref="GraphException">The graph is too dense to hold; the threshold is too low.</exception>
    public static DomainPartition Find(
        IReadOnlyList<ToolSpec> tools, GraphSettings settings, Seed seed, CancellationToken cancellationToken = default) =>
        Partition(ToolGraph.Build(tools, settings, seed, cancellationToken: cancellationToken), settings, seed, cancellationToken);

    /// <summary>Partitions a catalogue by vectors of a model.</summary>
    /// <param name="embed">Embeds texts, a vector each.</param>
    /// <exception cref="GraphException">The graph is too dense to hold; the threshold is too low.</exception>
    public static async Task<DomainPartition> FindAsync(
        IReadOnlyList<ToolSpec> tools,
        GraphSettings settings,
        Seed seed,
        Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<ReadOnlyMemory<float>>>> embed,
        CancellationToken cancellationToken)
    {
        var wanted = settings.ForModel();
        var sorted = ToolGraph.Sort(tools);
        var vectors = sorted.Count == 0 ? new VectorTable([], 1) : ModelVectors.Normalise(await embed([.. sorted.Select(ModelVectors.TextOf)], cancellationToken));
        return Partition(ToolGraph.Link(sorted, vectors, wanted, seed, null, cancellationToken), wanted, seed, cancellationToken);
    }

    /// <summary>One domain of all tools, for a person who knows that they belong together.</summary>
    public static Domain Whole(IReadOnlyList<ToolSpec> tools, GraphSettings settings) => Name([[.. ToolGraph.Sort(tools)]], settings)[0];

    /// <summary>Partitions a tool graph.</summary>
    public static DomainPartition Partition(ToolGraph toolGraph, GraphSettings settings, Seed seed, CancellationToken cancellationToken = default)
    {
        var (tools, graph, edges) = (toolGraph.Tools, toolGraph.Graph, toolGraph.Edges);
        var attach = settings.ForHashing().AttachThreshold!.Value;
        var members = Communities.Members(toolGraph.Communities);
        var splitter = new CommunitySplitter(graph, settings.Resolution, settings.MaximumTools, seed.Child("split"));
        var parts = members.SelectMany(nodes => splitter.Split(nodes, cancellationToken)).ToArray();
        var groups = new DomainGroups(tools.Count, new GroupJoiner(graph, settings.MaximumTools).Join(parts), settings.MaximumTools);
        var similar = attach >= settings.ForHashing().Threshold!.Value
            ? edges
            : SimilarityGraph.Find(toolGraph.Vectors, attach, cancellationToken: cancellationToken);
        var attachable = similar.Where(edge => edge.Weight >= attach).ToArray();
        groups.Attach(attachable, mayOpen: true);
        var freed = groups.DissolveBelow(settings.MinimumTools).ToHashSet();
        groups.Attach(attachable.Where(edge => freed.Contains(edge.U) || freed.Contains(edge.V)), mayOpen: false);
        if (settings.MinimumTools <= 1)
        {
            groups.OpenSingles();
        }

        var parted = groups.Groups.Select(group => group.Select(node => tools[node]).ToArray()).ToArray();
        var domains = Name(parted, settings);
        var composites = CompositeDomains.Of(domains, settings, cancellationToken);
        domains = composites.Count == 0 ? domains : Name([.. parted, .. composites], settings);
        var hasNeighbour = new bool[tools.Count];
        foreach (var edge in attachable)
        {
            hasNeighbour[edge.U] = hasNeighbour[edge.V] = true;
        }

        var isolates = Enumerable.Range(0, tools.Count).Where(groups.IsSingle).Select(node => new Isolate(
            tools[node].Name,
            freed.Contains(node) ? IsolateReason.GroupTooSmall
            : hasNeighbour[node] ? IsolateReason.NeighboursFull
            : IsolateReason.NoSimilarTool));
        return new DomainPartition(domains, new GraphStats
        {
            Tools = tools.Count,
            Threshold = toolGraph.Threshold,
            Edges = edges.Count,
            MeanDegree = tools.Count == 0 ? 0 : Math.Round(2.0 * edges.Count / tools.Count, 3),
            Communities = members.Count(nodes => nodes.Length > 1),
            Modularity = Math.Round(Modularity.Of(graph, toolGraph.Communities), CosineKernel.Decimals),
            Domains = domains.Count,
            Composites = composites.Count,
            Attached = groups.Attached,
            Dependencies = domains.Sum(domain => domain.Dependencies.Count),
            Sizes = [.. domains.GroupBy(domain => domain.Tools.Count).OrderBy(size => size.Key).Select(size => new SizeCount(size.Key, size.Count()))],
            Isolates = [.. isolates],
        });
    }

    private static List<Domain> Name(IEnumerable<ToolSpec[]> groups, GraphSettings settings)
    {
        var names = new DomainNames();
        return
        [
            .. groups
                .Select(tools => (Id: ContentId.Of("domain", [.. tools.Select(tool => tool.Id).Order(StringComparer.Ordinal)]), Tools: tools))
                .OrderBy(group => group.Id, StringComparer.Ordinal)
                .Select(group => new Domain
                {
                    Id = group.Id,
                    Name = names.Next(group.Tools),
                    Tools = group.Tools,
                    Dependencies = DependencyFinder.Find(group.Tools, settings.DependencyThreshold),
                }),
        ];
    }
}
