using System.Text;
using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Storage;
using Azure.Core;

namespace AgentScaler.Azure.Tests;

/// <summary>What a creation makes of answers that were lost or wrong.</summary>
[Collection(Azurite.Collection)]
public sealed class BlobLostAnswerTests(Azurite azurite)
{
    private const int ThreeBlocks = (2 * BlobUpload.BlockBytes) + 1;

    private readonly MishapPolicy mishaps = new();
    private readonly string container = Azurite.NewName();

    [SkippableTheory]
    [InlineData(10, "name")]
    [InlineData(ThreeBlocks, "comp=blocklist")]
    [InlineData(ThreeBlocks, "comp=block&")]
    public async Task TryCreate_AnswerLost_StillSaysItCreated(int bytes, string request)
    {
        var store = await OpenAsync();
        mishaps.LoseAnswer(RequestMethod.Put, request);
        Assert.True(await CreateAsync(store, "name", bytes, 'a'));
        Assert.Equal(1, mishaps.Befallen);
        Assert.False(await CreateAsync(store, "name", bytes, 'a'));
        Assert.Equal(new string('a', bytes), await store.ReadTextAsync("name", default));
    }

    [SkippableFact]
    public async Task TryCreate_RefusedThoughNothingIsThere_TriesAgain()
    {
        var store = await OpenAsync();
        mishaps.Answer(RequestMethod.Put, "name", 412);
        Assert.True(await CreateAsync(store, "name", 10, 'a'));
        Assert.Equal(1, mishaps.Befallen);
    }

    [SkippableFact]
    public async Task TryCreate_AnotherWithTheSameContentWasFirst_SaysItDidNot()
    {
        var store = await OpenAsync();
        Assert.True(await store.TryCreateAsync(
            "large", async (stream, token) =>
            {
                await WriteAsync(stream, ThreeBlocks, 'a', token);
                Assert.False(await store.ExistsAsync("large", token));
                Assert.True(await CreateAsync(store, "small", 10, 'a'));
            },
            default));
        var other = await OpenAsync();
        Assert.False(await other.TryCreateAsync(
            "late", async (stream, token) =>
            {
                await WriteAsync(stream, ThreeBlocks, 'a', token);
                Assert.True(await CreateAsync(store, "late", ThreeBlocks, 'a'));
            },
            default));
        Assert.Equal(ThreeBlocks, (await store.ReadTextAsync("late", default)).Length);
    }

    [SkippableFact]
    public async Task TryCreate_ServiceThatRefusesForGood_IsAStoreFaultThatNamesPlaceAndRemedy()
    {
        var store = await OpenAsync();
        mishaps.Answer(RequestMethod.Put, "name", 403);
        var fault = await Assert.ThrowsAsync<StoreException>(() => CreateAsync(store, "name", 10, 'a'));
        Assert.Contains($"write artifact 'name' in blob container 'devstoreaccount1/{container}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("403", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Storage Blob Data Contributor", fault.Message, StringComparison.Ordinal);
        Assert.False(await store.ExistsAsync("name", default));
    }

    private static Task<bool> CreateAsync(BlobArtifactStore store, string name, int bytes, char content) =>
        store.TryCreateAsync(name, (stream, token) => WriteAsync(stream, bytes, content, token), default);

    private static async Task WriteAsync(Stream stream, int bytes, char content, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(new string(content, bytes)), cancellationToken);

    private Task<BlobArtifactStore> OpenAsync() => BlobArtifactStore.OpenAsync(azurite.Connect(mishaps), container, default);
}
