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
        IReadOnlyList<ToolSpec> tools, GraphSettings settings, Seed seed, CancellationToken cancellationToken = default)
    {
        var sorted = Sort(tools);
        return Partition(sorted, new HashingEmbedder().Embed(sorted), settings, seed, cancellationToken);
    }

    /// <summary>One domain of all tools, for a person who knows that they belong together.</summary>
    public static Domain Whole(IReadOnlyList<ToolSpec> tools, GraphSettings settings) => Name([[.. Sort(tools)]], settings)[0];

    /// <summary>The order in which tools are nodes: by name, then id.</summary>
    internal static IReadOnlyList<ToolSpec> Sort(IEnumerable<ToolSpec> tools) =>
        [.. tools.OrderBy(tool => tool.Name, StringComparer.Ordinal).ThenBy(tool => tool.Id, StringComparer.Ordinal)];

    /// <summary>Partitions sorted tools by given vectors.</summary>
    internal static DomainPartition Partition(
        IReadOnlyList<ToolSpec> tools, VectorTable vectors, GraphSettings settings, Seed seed, CancellationToken cancellationToken)
    {
        var edges = SimilarityGraph.Find(vectors, settings.Threshold, cancellationToken: cancellationToken);
        var graph = WeightedGraph.FromEdges(tools.Count, edges);
        var communities = Louvain.Find(graph, settings.Resolution, seed.Child("communities"), cancellationToken);
        var members = Communities.Members(communities);
        var splitter = new CommunitySplitter(graph, settings.Resolution, settings.MaximumTools, seed.Child("split"));
        var parts = members.SelectMany(nodes => splitter.Split(nodes, cancellationToken)).ToArray();
        var groups = new DomainGroups(tools.Count, new GroupJoiner(graph, settings.MaximumTools).Join(parts), settings.MaximumTools);
        var similar = settings.AttachThreshold >= settings.Threshold
            ? edges
            : SimilarityGraph.Find(vectors, settings.AttachThreshold, cancellationToken: cancellationToken);
        var attachable = similar.Where(edge => edge.Weight >= settings.AttachThreshold).ToArray();
        groups.Attach(attachable, mayOpen: true);
        var freed = groups.DissolveBelow(settings.MinimumTools).ToHashSet();
        groups.Attach(attachable.Where(edge => freed.Contains(edge.U) || freed.Contains(edge.V)), mayOpen: false);
        if (settings.MinimumTools <= 1)
        {
            groups.OpenSingles();
        }

        var domains = Name(groups.Groups.Select(group => group.Select(node => tools[node]).ToArray()), settings);
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
            Edges = edges.Count,
            MeanDegree = tools.Count == 0 ? 0 : Math.Round(2.0 * edges.Count / tools.Count, 3),
            Communities = members.Count(nodes => nodes.Length > 1),
            Modularity = Math.Round(Modularity.Of(graph, communities), CosineKernel.Decimals),
            Domains = domains.Count,
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
