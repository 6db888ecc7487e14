using AgentScaler.Azure.Rows;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Storage;
using Azure.Core;

namespace AgentScaler.Azure.Tests;

/// <summary>What killed writers leave, and its removal.</summary>
[Collection(Azurite.Collection)]
public sealed class SpillSweepTests(Azurite azurite)
{
    private static readonly string Large = new('x', 1_500_000);
    private static readonly DateTimeOffset Later = DateTimeOffset.MaxValue;

    [SkippableFact]
    public async Task Sweep_BlobsWithoutARow_AreRemovedAndReadValuesStay()
    {
        var name = Azurite.NewName();
        var kills = new KillPolicy();
        var store = (RowStateStore)await azurite.OpenTableAsync(name);
        await store.WriteAsync("p ü", [StateWrite.Put("stays ä", Large), StateWrite.Put("replaced", Large), StateWrite.Put("small", "1")], default);
        var dying = await azurite.OpenTableAsync(name, kills);
        foreach (var key in new[] { "replaced", "new" })
        {
            kills.KillAt(RequestMethod.Post, "$batch");
            await Assert.ThrowsAsync<KilledException>(() => dying.WriteAsync("p ü", [StateWrite.Put(key, Large + "2")], default));
        }

        Assert.Equal(4, await CountAsync(name));
        Assert.Equal(0, await store.SweepAsync(DateTimeOffset.UnixEpoch, default));
        Assert.Equal(2, await store.SweepAsync(Later, default));
        Assert.Equal(0, await store.SweepAsync(Later, default));
        Assert.Equal(2, await CountAsync(name));
        Assert.Equal(Large, (await store.GetAsync("p ü", "stays ä", default))!.Value);
        Assert.Equal(Large, (await store.GetAsync("p ü", "replaced", default))!.Value);
    }

    private async Task<int> CountAsync(string container)
    {
        var count = 0;
        await foreach (var _ in azurite.Connect().Blobs.GetBlobContainerClient(container).GetBlobsAsync())
        {
            count++;
        }

        return count;
    }
}
