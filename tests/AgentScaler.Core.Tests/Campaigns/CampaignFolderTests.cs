using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Graphs;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Campaigns;

public sealed class CampaignFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Out => folder.File("a/b/out");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_NewPath_MakesTheFolderWithItsDocumentAndIdentity()
    {
        var document = new CampaignDocument { Identity = new CampaignIdentity { Seed = 3 }, Operations = new CampaignOperations { Parallelism = 2 } };
        using (var campaign = await CampaignFolder.OpenAsync(Out, document, default))
        {
            Assert.Equal($"campaigns/{campaign.Hash}.json", campaign.Reference);
            Assert.Equal(3, (await CampaignStore.LoadAsync(campaign.Artifacts, campaign.Reference, default)).Seed);
        }

        Assert.Subset(
            new HashSet<string?> { "artifacts", "campaign.json", "state.db", "state.db-shm", "state.db-wal" },
            Directory.GetFileSystemEntries(Out).Select(Path.GetFileName).ToHashSet());
        using var reopened = CampaignFolder.OpenExisting(Out);
        Assert.Equal(2, reopened.Document.Operations.Parallelism);
    }

    [Fact]
    public async Task Open_SameIdentityOtherOperations_KeepsArtifactsAndTakesTheNewOperations()
    {
        using (var campaign = await CampaignFolder.OpenAsync(Out, new CampaignDocument(), default))
        {
            await campaign.Artifacts.TryCreateTextAsync("x", "kept", default);
        }

        var changed = new CampaignDocument { Operations = new CampaignOperations { Parallelism = 8, Sources = ["elsewhere"] } };
        using (var campaign = await CampaignFolder.OpenAsync(Out, changed, default))
        {
            Assert.Equal("kept", await campaign.Artifacts.ReadTextAsync("x", default));
        }

        using var reopened = CampaignFolder.OpenExisting(Out);
        Assert.Equal(8, reopened.Document.Operations.Parallelism);
    }

    [Fact]
    public async Task Open_AnotherIdentity_IsRefusedNamingWhatDiffersAndChangesNothing()
    {
        (await CampaignFolder.OpenAsync(Out, new CampaignDocument(), default)).Dispose();
        var before = File.ReadAllText(Path.Combine(Out, "campaign.json"));
        var other = new CampaignDocument
        {
            Identity = new CampaignIdentity { Seed = 9, Documents = ["ab"], Graph = new GraphSettings { Threshold = 0.9 } },
        };
        var refused = await Assert.ThrowsAsync<CampaignFolderException>(() => CampaignFolder.OpenAsync(Out, other, default));
        Assert.Contains(Out, refused.Message, StringComparison.Ordinal);
        Assert.Equal(
            [
                "  $.identity.documents: [] there, [\"ab\"] here",
                "  $.identity.seed: 1 there, 9 here",
                "  $.identity.graph.threshold: absent there, 0.9 here",
            ],
            refused.Message.Split('\n').Skip(1));
        Assert.Equal(before, File.ReadAllText(Path.Combine(Out, "campaign.json")));
    }

    [Fact]
    public async Task Open_FolderOfOtherThings_IsRefusedAndLeftAlone()
    {
        File.WriteAllText(folder.File("thesis.txt"), "precious");
        var refused = await Assert.ThrowsAsync<CampaignFolderException>(() => CampaignFolder.OpenAsync(folder.Path, new CampaignDocument(), default));
        Assert.Contains("thesis.txt", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        refused = await Assert.ThrowsAsync<CampaignFolderException>(() => CampaignFolder.OpenAsync(folder.File("thesis.txt"), new CampaignDocument(), default));
        Assert.Contains("is a file", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("campaign.json.new")]
    [InlineData("campaign.json")]
    public async Task Open_MakingBrokenOffAtAnyPoint_IsTakenUp(string lastFileWritten)
    {
        (await CampaignFolder.OpenAsync(Out, new CampaignDocument(), default)).Dispose();
        var document = File.ReadAllText(Path.Combine(Out, "campaign.json"));
        Directory.Delete(Out, recursive: true);
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, lastFileWritten), document);
        using var campaign = await CampaignFolder.OpenAsync(Out, new CampaignDocument(), default);
        Assert.True(await campaign.Artifacts.ExistsAsync(campaign.Reference, default));
        Assert.False(File.Exists(Path.Combine(Out, "campaign.json.new")));
    }

    [Fact]
    public async Task Open_DamagedDocument_NamesFileAndPlace()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "campaign.json"), "{\"identity\":");
        var thrown = await Assert.ThrowsAsync<CampaignException>(() => CampaignFolder.OpenAsync(Out, new CampaignDocument(), default));
        Assert.Equal(Path.Combine(Out, "campaign.json"), thrown.Document);
    }

    [Fact]
    public void OpenExisting_NoCampaign_SaysSo()
    {
        var refused = Assert.Throws<CampaignFolderException>(() => CampaignFolder.OpenExisting(folder.Path));
        Assert.Contains("holds no campaign", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_SetFromManySides_HasTheLastAndNothingIsLost()
    {
        using var campaign = await CampaignFolder.OpenAsync(Out, new CampaignDocument(), default);
        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Task.Run(() => campaign.Index.SetAsync(
            campaign.Hash, CampaignState.Running, WorkflowStatus.Initial with { Done = i }, default))));
        var status = WorkflowStatus.Initial.With("done", StepResult.Of("x", ("kept", 5)));
        await campaign.Index.SetAsync(campaign.Hash, CampaignState.Completed, status, default);
        await campaign.Index.SetAsync("other", CampaignState.Failed, WorkflowStatus.Initial, default);
        var row = (await campaign.Index.GetAsync(campaign.Hash, default))!;
        Assert.Equal((campaign.Hash, CampaignState.Completed, "done", 5), (row.Campaign, row.State, row.Status.Stage, row.Status.Counts["kept"]));
        Assert.Null(await campaign.Index.GetAsync("none", default));
        var rows = new List<CampaignState>();
        await foreach (var one in campaign.Index.ListAsync(default))
        {
            rows.Add(one.State);
        }

        Assert.Equal([CampaignState.Completed, CampaignState.Failed], rows);
    }
}
