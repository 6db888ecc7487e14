using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Storage;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions.Tests;

/// <summary><c>DELETE /api/campaigns/{id}</c> on the Durable Task engine.</summary>
public sealed class DeleteCampaignTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore artifacts;
    private readonly SqliteStateStore state;

    public DeleteCampaignTests()
    {
        artifacts = new FolderArtifactStore(folder.File("artifacts"));
        state = new SqliteStateStore(folder.File("state.db"));
    }

    public void Dispose()
    {
        state.Dispose();
        artifacts.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Delete_EndedCampaign_LeavesNothingOfItAndIsDoneAgainWithoutHarm()
    {
        var steps = new SampleSteps(pages: 6).Create();
        await using var host = await DurableHost.StartAsync(artifacts, steps);
        await artifacts.TryCreateTextAsync(DocumentUpload.ArtifactOf("0a"), "document", default);
        var reference = await RunAsync(host, "one", new CampaignIdentity { Documents = ["0a"] });
        var partition = EpisodeCheckpoints.PartitionOf(await AnyShardAsync());
        await state.WriteAsync(partition, [.. Enumerable.Range(0, 100).Select(i => StateWrite.Insert($"k{i}", "{}"))], default);
        await state.WriteAsync(partition, [StateWrite.Insert("shard", "{}")], default);
        await new CampaignIndex(state).SetAsync(Path.GetFileNameWithoutExtension(reference), CampaignState.Completed, WorkflowStatus.Initial, default);

        Assert.Equal(204, await DeleteAsync(host.Client, steps, "one"));

        Assert.Equal([DocumentUpload.ArtifactOf("0a")], (await artifacts.AllAsync()).Keys);
        Assert.Empty(await KeysAsync(partition));
        Assert.Empty(await KeysAsync(CampaignIndex.Partition));
        Assert.Empty(await InstancesAsync(host.Client));
        Assert.Equal(204, await DeleteAsync(host.Client, steps, "one"));
        await RunAsync(host, "one", new CampaignIdentity());
        Assert.Equal("Completed", (await host.Client.GetInstanceAsync("campaign-one"))!.RuntimeStatus.ToString());
    }

    [Fact]
    public async Task Delete_AskedToTakeTheDocuments_KeepsThoseAnotherCampaignLists()
    {
        var steps = new SampleSteps(pages: 1).Create();
        await using var host = await DurableHost.StartAsync(artifacts, steps);
        foreach (var sha256 in new[] { "0a", "0b" })
        {
            await artifacts.TryCreateTextAsync(DocumentUpload.ArtifactOf(sha256), sha256, default);
        }

        await RunAsync(host, "one", new CampaignIdentity { Documents = ["0a", "0b"] });
        await RunAsync(host, "two", new CampaignIdentity { Documents = ["0b"], Seed = 2 });

        Assert.Equal(204, await DeleteAsync(host.Client, steps, "one", "?documents=true"));

        Assert.False(await artifacts.ExistsAsync(DocumentUpload.ArtifactOf("0a"), default));
        Assert.True(await artifacts.ExistsAsync(DocumentUpload.ArtifactOf("0b"), default));
    }

    [Fact]
    public async Task Delete_StepsSharedWithAnotherCampaign_TearsNothingFromIt()
    {
        var steps = new SampleSteps(pages: 2).Create();
        await using var host = await DurableHost.StartAsync(artifacts, steps);
        await RunAsync(host, "other", new CampaignIdentity { Seed = 1 });
        var before = await artifacts.AllAsync();
        await RunAsync(host, "shares", new CampaignIdentity { Seed = 1, Dataset = new DatasetSettings { Name = "another" } });
        await RunAsync(host, "alone", new CampaignIdentity { Seed = 2 });
        await RunAsync(host, "same", new CampaignIdentity { Seed = 1 });

        foreach (var id in new[] { "alone", "same", "shares" })
        {
            Assert.Equal(204, await DeleteAsync(host.Client, steps, id));
        }

        Assert.Equal(before, await artifacts.AllAsync());
        Assert.Equal(["campaign-other", "campaign-other-page-1", "campaign-other-page-2"], await InstancesAsync(host.Client));
        Assert.Equal(204, await DeleteAsync(host.Client, steps, "other"));
        Assert.Empty(await artifacts.AllAsync());
    }

    [Fact]
    public async Task Delete_StoreFailsAnywhere_IsBegunAgainAndLeavesNothing()
    {
        var steps = new SampleSteps(pages: 1).Create();
        await using var host = await DurableHost.StartAsync(artifacts, steps);
        await RunAsync(host, "one", new CampaignIdentity());
        var failures = 0;
        for (var status = 0; status != 204;)
        {
            status = await DeleteAsync(host.Client, steps, "one", store: new FailingDeletes(artifacts, failures++));
            Assert.Equal(status == 204, await host.Client.GetInstanceAsync("campaign-one") is null);
        }

        Assert.True(failures > 5);
        Assert.Empty(await artifacts.AllAsync());
    }

    [Fact]
    public async Task Delete_RunningCampaign_IsRefusedUnlessItShallBeCancelled()
    {
        var held = new HeldSteps();
        await using var host = await DurableHost.StartAsync(artifacts, held.All);
        await held.BeginAsync(host, await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), default));

        Assert.Equal(409, await DeleteAsync(host.Client, held.All, "one"));
        Assert.Equal(202, await DeleteAsync(host.Client, held.All, "one", "?cancel=true"));
        held.Release();
        await host.CompletionAsync("campaign-one");
        Assert.Equal(204, await DeleteAsync(host.Client, held.All, "one", "?cancel=true"));

        Assert.Empty(await artifacts.AllAsync());
        Assert.Empty(await InstancesAsync(host.Client));
    }

    [Fact]
    public async Task Delete_UnknownId_Is204AndNoIdIs404()
    {
        var steps = new SampleSteps(pages: 1).Create();
        await using var host = await DurableHost.StartAsync(artifacts, steps);

        Assert.Equal(204, await DeleteAsync(host.Client, steps, "nobody"));
        Assert.Equal(404, await DeleteAsync(host.Client, steps, "No/Id"));
    }

    private async Task<int> DeleteAsync(DurableTaskClient client, IReadOnlyList<IStep> steps, string id, string query = "", IArtifactStore? store = null)
    {
        var request = HttpAnswer.Request("DELETE", $"/api/campaigns/{id}{query}");
        var removal = new CampaignRemoval(store ?? artifacts, state, new StepRunner(artifacts, steps));
        var result = await new DeleteCampaignFunction(removal).RunAsync(request, id, client, default);
        await result.ExecuteAsync(request.HttpContext);
        return request.HttpContext.Response.StatusCode;
    }

    private async Task<string> RunAsync(DurableHost host, string id, CampaignIdentity identity)
    {
        var campaign = await CampaignStore.SaveAsync(artifacts, identity, default);
        await host.RunAsync(CampaignWorkflow.WorkflowName, "campaign-" + id, WorkflowInput.Start(campaign));
        return campaign;
    }

    private async Task<string> AnyShardAsync()
    {
        await foreach (var name in artifacts.ListAsync($"steps/{StepNames.RollOut.Name}/", default))
        {
            return name.Split('/')[2];
        }

        throw new InvalidOperationException("no shard was rolled out");
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string partition)
    {
        var keys = new List<string>();
        await foreach (var row in state.ListAsync(partition, string.Empty, default))
        {
            keys.Add(row.Key);
        }

        return keys;
    }

    private static async Task<IReadOnlyList<string>> InstancesAsync(DurableTaskClient client)
    {
        var ids = new List<string>();
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery()))
        {
            ids.Add(instance.InstanceId);
        }

        return [.. ids.Order(StringComparer.Ordinal)];
    }

    /// <summary>A store whose deletions fail after some have succeeded.</summary>
    private sealed class FailingDeletes(IArtifactStore store, int deletes) : IArtifactStore
    {
        private int left = deletes;

        public Task<bool> TryCreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            store.TryCreateAsync(name, write, cancellationToken);

        public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) => store.OpenReadAsync(name, cancellationToken);

        public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => store.ExistsAsync(name, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
            Interlocked.Decrement(ref left) >= 0 ? store.DeleteAsync(name, cancellationToken) : throw new StoreException("no access");
    }
}
