using System.Text.Json;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Graphs;
using AgentScaler.Models;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Graphs;

public sealed class DomainStepsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore store;

    public DomainStepsTests() => store = new FolderArtifactStore(folder.Path);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_Tools_WritesDomainsPagesAndStatistics()
    {
        await store.TryCreateLinesAsync("in/tools.jsonl", SmallApis.Load(isProviderKnown: true).Select(item => item.Tool), default);
        var step = new FindDomainsStep(new NoModels());
        var settings = step.SelectSettings(new CampaignIdentity { Graph = new GraphSettings { PageSize = 3 } });

        var result = await step.RunAsync(new StepRun("key", settings, ["in/tools.jsonl"], "out/", store), default);

        Assert.Equal("out/domains.jsonl", result.Output);
        Assert.Equal(["out/page-0001.json", "out/page-0002.json", "out/page-0003.json"], result.Items);
        Assert.Equal(8, result.Counts["domains"]);
        Assert.Equal(0, result.Counts["isolates"]);
        var stats = await store.ReadJsonAsync<GraphStats>("out/stats.json", default);
        Assert.Equal(80, stats.Tools);
        Assert.Equal(result.Counts["edges"], stats.Edges);

        var list = new ListDomainsStep();
        var domains = new List<string>();
        foreach (var page in result.Items)
        {
            var listed = await list.RunAsync(new StepRun("key", list.SelectSettings(new CampaignIdentity()), [page], "list/", store), default);
            Assert.Equal(page, listed.Output);
            foreach (var reference in listed.Items)
            {
                var domain = await store.ReadJsonAsync<Domain>(reference, default);
                Assert.Equal($"out/domain/{domain.Id}.json", reference);
                domains.Add(CanonicalJson.Serialize(domain));
            }
        }

        Assert.Equal((await store.ReadTextAsync("out/domains.jsonl", default)).TrimEnd('\n').Split('\n'), domains);
    }

    [Fact]
    public void SelectSettings_OtherSettingsOfTheCampaign_DoNotCount()
    {
        var identity = new CampaignIdentity();

        Assert.Equal(Selected(identity), Selected(identity with { Documents = ["x"], Tasks = identity.Tasks with { } }));
        Assert.NotEqual(Selected(identity), Selected(identity with { Seed = 2 }));
        Assert.NotEqual(Selected(identity), Selected(identity with { Graph = new GraphSettings { Threshold = 0.9 } }));
        Assert.Equal("{}", JsonSerializer.Serialize(new ListDomainsStep().SelectSettings(identity), ArtifactJson.Options));
    }

    private static string Selected(CampaignIdentity identity) =>
        JsonSerializer.Serialize(new FindDomainsStep(new NoModels()).SelectSettings(identity), ArtifactJson.Options);
}
