using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Storage;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AgentScaler.Azure.Tests.Rows;

/// <summary>Values over what a row takes: their blobs come and go with the version they belong to.</summary>
[Collection(Azurite.Collection)]
public sealed class SpilledValueTests(Azurite azurite) : IAsyncLifetime
{
    private static readonly string Large = new('x', 600_000);
    private static readonly string Larger = new('y', 900_000);

    private readonly MishapPolicy mishaps = new();
    private readonly string name = Azurite.NewName();
    private IStateStore store = null!;

    public async Task InitializeAsync() => store = await azurite.OpenTableAsync(name, mishaps);

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Write_ValueThatFitsIntoARow_MakesNoBlob()
    {
        await WriteAsync(StateWrite.Insert("k", new string('x', 450_000)));
        Assert.Empty(Blobs());
    }

    [SkippableFact]
    public async Task Write_LargeValues_HaveOneBlobEachUntilTheyAreReplacedOrDeleted()
    {
        var first = await WriteAsync(StateWrite.Insert("k", Large));
        await WriteAsync(StateWrite.Insert("same", Large));
        Assert.Equal(2, Blobs().Count);
        var second = await WriteAsync(StateWrite.Replace("k", Larger, first!));
        Assert.Equal(Larger, (await store.GetAsync("p", "k", default))!.Value);
        Assert.Equal(2, Blobs().Count);
        await WriteAsync(StateWrite.Replace("k", "1", second!));
        Assert.Equal(Large, (await store.GetAsync("p", "same", default))!.Value);
        Assert.Single(Blobs());
        await WriteAsync(StateWrite.Put("same", Larger));
        Assert.Single(Blobs());
        await WriteAsync(StateWrite.Delete("same"));
        Assert.Empty(Blobs());
    }

    [SkippableFact]
    public async Task Write_LargeValueThatConflicts_LeavesNoBlobAndTheOldValue()
    {
        await WriteAsync(StateWrite.Insert("k", Large));
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Insert("k", Larger)));
        Assert.Single(Blobs());
        Assert.Equal(Large, (await store.GetAsync("p", "k", default))!.Value);
    }

    [SkippableFact]
    public async Task Write_BrokenOffBetweenBlobAndRow_LeavesTheOldRowWhole()
    {
        var etag = await WriteAsync(StateWrite.Insert("k", Large));
        mishaps.Answer(RequestMethod.Post, "$batch", 403);
        await Assert.ThrowsAsync<StoreException>(() => WriteAsync(StateWrite.Replace("k", Larger, etag!)));
        Assert.Equal(new StateRow("p", "k", Large, etag!), await store.GetAsync("p", "k", default));
        await WriteAsync(StateWrite.Replace("k", "1", etag!));
        Assert.Equal("1", (await store.GetAsync("p", "k", default))!.Value);
    }

    [SkippableFact]
    public async Task Write_AnswerLost_KeepsTheBlobOfTheNewVersion()
    {
        var etag = await WriteAsync(StateWrite.Insert("k", Large));
        mishaps.LoseAnswer(RequestMethod.Post, "$batch");
        etag = await WriteAsync(StateWrite.Replace("k", Larger, etag!));
        Assert.Equal(new StateRow("p", "k", Larger, etag!), await store.GetAsync("p", "k", default));
        Assert.Single(Blobs());
    }

    [SkippableFact]
    public async Task Get_BlobThatWasChanged_IsAStoreFaultThatNamesTheRow()
    {
        await WriteAsync(StateWrite.Insert("k", Large));
        await Container().GetBlobClient(Assert.Single(Blobs())).UploadAsync(new BinaryData("other"), overwrite: true);
        var fault = await Assert.ThrowsAsync<StoreException>(() => store.GetAsync("p", "k", default));
        Assert.Contains("'p/k'", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Get_WhileLargeValuesAreReplaced_GivesOneOrTheOther()
    {
        await WriteAsync(StateWrite.Put("k", Large));
        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.Contains((await store.GetAsync("p", "k", default))!.Value, new[] { Large, Larger });
            }
        });
        for (var i = 0; i < 10; i++)
        {
            await WriteAsync(StateWrite.Put("k", i % 2 == 0 ? Larger : Large));
        }

        await done.CancelAsync();
        await reader;
        Assert.Single(Blobs());
    }

    private async Task<string?> WriteAsync(StateWrite write) => (await store.WriteAsync("p", [write], default))[0];

    private BlobContainerClient Container() => azurite.Connect().Blobs.GetBlobContainerClient(name);

    private List<string> Blobs() => [.. Container().GetBlobs(BlobTraits.None, BlobStates.None, null, default).Select(blob => blob.Name)];
}
