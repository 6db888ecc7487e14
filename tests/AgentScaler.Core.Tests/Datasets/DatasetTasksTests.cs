using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Datasets;

public sealed class DatasetTasksTests : IDisposable
{
    private readonly LibraryCampaign campaign = new();

    [Fact]
    public async Task RunAsync_EnvironmentOfWhichNothingWasKept_HasNoTasksAndIsCounted()
    {
        await campaign.RunAsync(2);
        var page = await campaign.Artifacts.ReadJsonAsync<DatasetPage>("steps/datasets.page/1/page.json", CancellationToken.None);
        var judgement = await ReadAsync(page.Judgements[0]);
        var nothing = judgement.Funnel with { Counts = judgement.Funnel.Counts with { Kept = 0 } };
        await campaign.Artifacts.TryCreateTextAsync("other/kept.jsonl", string.Empty, CancellationToken.None);
        await campaign.Artifacts.TryCreateJsonAsync("other/judgement.json", judgement with { Funnel = nothing, Kept = "other/kept.jsonl" }, CancellationToken.None);
        await campaign.Artifacts.TryCreateJsonAsync(
            "other/page.json", page with { Judgements = ["other/judgement.json"], Environments = [nothing], Kept = "other/kept.jsonl" }, CancellationToken.None);
        var manifest = await AssembleAsync("other/page.json", "steps/datasets.page/2/page.json");
        Assert.Equal((8L, 4L, 4L), (manifest.Counts.Tasks, manifest.Counts.TasksLeftOut, manifest.Files.Single(file => file.Path == "dataset/tasks.jsonl").Rows));
        Assert.DoesNotContain("env-library-1", await campaign.Artifacts.ReadTextAsync("assembled/tasks.jsonl", CancellationToken.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"messages\":7,\"tools\":[],\"metadata\":{\"task\":\"task-1\"}}", "$.messages")]
    [InlineData("{\"messages\":[", "$.messages")]
    public async Task WriteAsync_KeptTrajectoryThatIsNone_IsNamed(string line, string place)
    {
        await campaign.RunAsync(1);
        var judgement = await ReadAsync((await campaign.Artifacts.ReadJsonAsync<DatasetPage>("steps/datasets.page/1/page.json", CancellationToken.None)).Judgements[0]);
        await campaign.Artifacts.TryCreateTextAsync("broken/kept.jsonl", line + "\n", CancellationToken.None);
        await campaign.Artifacts.TryCreateJsonAsync("broken/judgement.json", judgement with { Kept = "broken/kept.jsonl" }, CancellationToken.None);
        var error = await Assert.ThrowsAsync<StoreException>(
            () => DatasetTasks.WriteAsync(campaign.Artifacts, "broken/tasks.jsonl", ["broken/judgement.json"], CancellationToken.None));
        Assert.StartsWith($"artifact 'broken/kept.jsonl', line 1, {place}", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => campaign.Dispose();

    private Task<Judgement> ReadAsync(string reference) => campaign.Artifacts.ReadJsonAsync<Judgement>(reference, CancellationToken.None);

    private Task<DatasetManifest> AssembleAsync(params string[] pages) =>
        new DatasetAssembly(campaign.Artifacts, new DatasetOrigin("test", Sha256Text.Of("identity"), 7, campaign.Identity.Episodes, campaign.Identity.Funnel), "assembled/")
            .RunAsync("tools.jsonl", "domains.jsonl", pages, CancellationToken.None);
}
