using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Graphs;
using AgentScaler.Core.Tests.Tools;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class DomainFinderTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 3)]
    public void Find_EightSmallApis_RecoversThem(bool isProviderKnown, int seed)
    {
        var catalogue = SmallApis.Load(isProviderKnown);

        var partition = DomainFinder.Find([.. catalogue.Select(item => item.Tool)], new GraphSettings(), Seed.Root(seed));

        Assert.InRange(RandIndex.Of(Labels(partition, catalogue.Select(item => item.Tool)), [.. catalogue.Select(item => item.Api)]), 0.9, 1);
        Assert.InRange(partition.Stats.MeanDegree, 2, 10);
    }

    [Fact]
    public void Find_SampleCatalogue_MakesEachApiADomain()
    {
        var tools = CatalogueImporter.Import(Catalogue.Sample(), new ToolSettings()).Tools;

        var partition = DomainFinder.Find(tools, new GraphSettings(), Seed.Root(1).Child("graphs"));

        Assert.InRange(RandIndex.Of(Labels(partition, tools), [.. tools.Select(tool => tool.Source.Provider)]), 0.9, 1);
        Assert.All(partition.Domains, domain => Assert.NotEmpty(domain.Dependencies));
    }

    [SkippableFact]
    public void Find_RealTools_StaysSparseAndFindsManyDomains()
    {
        var path = SharedData.Find(CorpusTools.File);
        Skip.If(path is null, $"needs shared/{CorpusTools.File} beside the repository, or AGENTSCALER_SHARED");
        var tools = CorpusTools.Load(path!, 1500, order: CorpusTools.Document);

        var partition = DomainFinder.Find(tools, new GraphSettings(), Seed.Root(1));

        Check(partition, tools, new GraphSettings());
        Assert.InRange(partition.Stats.MeanDegree, 5, 50);
        Assert.InRange(partition.Domains.Count, 75, 400);
        Assert.InRange(partition.Stats.Isolates.Count, 0, 150);
        Assert.True(partition.Stats.Modularity > 0.7);
        // A domain shares a database, so most of its tools should come from one API.
        var pure = partition.Domains.Sum(domain => domain.Tools.GroupBy(tool => tool.Source.Provider).Max(api => api.Count()));
        Assert.InRange((double)pure / (1500 - partition.Stats.Isolates.Count), 0.75, 1);
    }

    [Fact]
    public void Find_CompositesWanted_AreDomainsBesideTheOthers()
    {
        var tools = CatalogueImporter.Import(Catalogue.Sample(), new ToolSettings()).Tools;
        var without = DomainFinder.Find(tools, new GraphSettings(), Seed.Root(1));

        var with = DomainFinder.Find(tools, new GraphSettings { CompositeShare = 0.5 }, Seed.Root(1));

        Assert.Equal(0, without.Stats.Composites);
        Assert.Equal(without.Domains.Count + with.Stats.Composites, with.Domains.Count);
        Assert.All(without.Domains, domain => Assert.Contains(with.Domains, other => other.Id == domain.Id));
    }

    [Fact]
    public void Find_OtherInputOrder_GivesTheSameDomains()
    {
        var tools = SmallApis.Load(isProviderKnown: false).Select(item => item.Tool).ToArray();
        var expected = Text(DomainFinder.Find(tools, new GraphSettings(), Seed.Root(1)));

        for (var i = 0; i < 5; i++)
        {
            var shuffled = Seed.Root(i).Random().Shuffle(tools);
            Assert.Equal(expected, Text(DomainFinder.Find(shuffled, new GraphSettings(), Seed.Root(1))));
        }
    }

    [Fact]
    public void Find_RandomCatalogues_PartitionIntoConnectedDomainsOfTheWantedSize()
    {
        for (var number = 0; number < 40; number++)
        {
            var random = Seed.Root(number).Random();
            var settings = new GraphSettings
            {
                Threshold = 0.2 + (0.3 * random.NextDouble()),
                AttachThreshold = 0.2 + (0.4 * random.NextDouble()),
                MinimumTools = random.Between(1, 4),
                MaximumTools = random.Between(4, 12),
                Resolution = 0.5 + random.NextDouble(),
            };
            var tools = RandomTools(random, random.Between(0, 70));

            var partition = DomainFinder.Find(tools, settings, Seed.Root(number));

            Check(partition, tools, settings);
            var shuffled = random.Shuffle(tools);
            Assert.Equal(Text(partition), Text(DomainFinder.Find(shuffled, settings, Seed.Root(number))));
        }
    }

    [Fact]
    public void Find_OneGiantCommunityOfLikeTools_IsCutIntoDomainsThatFit()
    {
        // All the same to the embedder: no resolution parts them.
        var tools = Enumerable.Range(0, 50).Select(i => TestTools.Tool($"weigh_parcel_{i}(parcel_id, scale_serial)")).ToArray();

        var partition = DomainFinder.Find(tools, new GraphSettings(), Seed.Root(1));

        Check(partition, tools, new GraphSettings());
        Assert.Equal(1, partition.Stats.Communities);
        Assert.Equal([16, 17, 17], partition.Domains.Select(domain => domain.Tools.Count).Order());
        Assert.Empty(partition.Stats.Isolates);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Find_TooFewToolsForADomain_FindsNone(int count)
    {
        var tools = Enumerable.Range(0, count).Select(_ => TestTools.Tool("get_book(book_id)")).ToArray();

        var partition = DomainFinder.Find(tools, new GraphSettings(), Seed.Root(1));

        Assert.Empty(partition.Domains);
        Assert.Equal(count, partition.Stats.Isolates.Count);
        Assert.Equal(0, partition.Stats.MeanDegree);
    }

    [Fact]
    public void Find_ToolLikeNoOther_IsListedWithItsReason()
    {
        var tools = SmallApis.Load(isProviderKnown: false).Select(item => item.Tool)
            .Append(TestTools.Tool("fold_origami(paper_colour, crease_pattern)", description: "Fold a figure.", provider: "elsewhere")).ToArray();

        var partition = DomainFinder.Find(tools, new GraphSettings(), Seed.Root(1));

        Assert.Contains(new Isolate("fold_origami", IsolateReason.NoSimilarTool), partition.Stats.Isolates);
    }

    [Fact]
    public void Find_GroupBelowTheMinimum_IsListedWithItsReason()
    {
        var tools = SmallApis.Load(isProviderKnown: false).Select(item => item.Tool)
            .Append(TestTools.Tool("fold_origami(paper_colour, crease_pattern)", provider: "elsewhere"))
            .Append(TestTools.Tool("unfold_origami(paper_colour, crease_pattern)", provider: "elsewhere")).ToArray();

        var partition = DomainFinder.Find(tools, new GraphSettings { MinimumTools = 3 }, Seed.Root(1));

        Assert.Contains(new Isolate("fold_origami", IsolateReason.GroupTooSmall), partition.Stats.Isolates);
        Assert.Contains(new Isolate("unfold_origami", IsolateReason.GroupTooSmall), partition.Stats.Isolates);
    }

    [Fact]
    public void Find_Domains_HaveReadableUniqueNamesAndIdsOfTheirTools()
    {
        var tools = SmallApis.Load(isProviderKnown: true).Select(item => item.Tool).ToArray();

        var domains = DomainFinder.Find(tools, new GraphSettings(), Seed.Root(1)).Domains;

        Assert.Equal(domains.Count, domains.Select(domain => domain.Name).Distinct().Count());
        Assert.All(domains, domain => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", domain.Name));
        Assert.Equal("books-loans", domains.Single(domain => domain.Tools.Any(tool => tool.Name == "get_book")).Name);
        Assert.All(domains, domain => Assert.Equal(
            ContentId.Of("domain", [.. domain.Tools.Select(tool => tool.Id).Order(StringComparer.Ordinal)]), domain.Id));
        Assert.Equal(domains.Select(domain => domain.Id).Order(StringComparer.Ordinal), domains.Select(domain => domain.Id));
    }

    /// <summary>Every tool in one domain or listed; sizes as wanted; each domain connected; the statistics true.</summary>
    private static void Check(DomainPartition partition, IReadOnlyList<ToolSpec> tools, GraphSettings settings)
    {
        settings = settings.ForHashing();
        var placed = partition.Domains.SelectMany(domain => domain.Tools.Select(tool => tool.Name)).Concat(partition.Stats.Isolates.Select(i => i.Tool));
        Assert.Equal(tools.Select(tool => tool.Name).Order(StringComparer.Ordinal), placed.Order(StringComparer.Ordinal));
        Assert.All(partition.Domains, domain => Assert.InRange(domain.Tools.Count, settings.MinimumTools, settings.MaximumTools));
        Assert.Equal(partition.Domains.Count, partition.Stats.Domains);
        Assert.Equal(partition.Domains.Count, partition.Stats.Sizes.Sum(size => size.Domains));
        Assert.Equal(tools.Count - partition.Stats.Isolates.Count, partition.Stats.Sizes.Sum(size => size.Domains * size.Tools));

        var sorted = ToolGraph.Sort(tools);
        var vectors = new HashingEmbedder().Embed(sorted);
        var node = sorted.Select((tool, i) => (tool.Name, i)).ToDictionary(item => item.Name, item => item.i, StringComparer.Ordinal);
        Assert.Equal(SimilarityGraph.Find(vectors, settings.Threshold!.Value).Count, partition.Stats.Edges);
        var least = Math.Min(settings.Threshold!.Value, settings.AttachThreshold!.Value - 1e-6);
        foreach (var domain in partition.Domains)
        {
            var nodes = domain.Tools.Select(tool => node[tool.Name]).ToList();
            var reached = new List<int> { nodes[0] };
            for (var i = 0; i < reached.Count; i++)
            {
                reached.AddRange(nodes.Where(other =>
                    !reached.Contains(other) && CosineKernel.Dot(vectors.Row(reached[i]), vectors.Row(other)) > least).ToArray());
            }

            Assert.Equal(nodes.Count, reached.Count);
        }
    }

    private static ToolSpec[] RandomTools(SeededRandom random, int count)
    {
        string[] things = ["comet", "violin", "bakery", "harbour", "lantern", "glacier"];
        string[] verbs = ["get", "list", "create", "update", "merge"];
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                var parameters = Enumerable.Range(0, random.Between(0, 3))
                    .Select(_ => random.Pick(things) + random.Pick(["_id", "_name", "_size", string.Empty]))
                    .Distinct();
                var line = $"{random.Pick(verbs)}_{random.Pick(things)}_{i}({string.Join(", ", parameters)})";
                return TestTools.Tool(line, provider: random.Pick(["north", "south"]));
            }),
        ];
    }

    private static string[] Labels(DomainPartition partition, IEnumerable<ToolSpec> tools)
    {
        var domains = partition.Domains.SelectMany(domain => domain.Tools.Select(tool => (tool.Name, domain.Id))).ToDictionary(StringComparer.Ordinal);
        return [.. tools.Select(tool => domains.GetValueOrDefault(tool.Name, tool.Name))];
    }

    private static string Text(DomainPartition partition) => CanonicalJson.Write(JsonSerializer.SerializeToElement(partition, ArtifactJson.Options));
}
