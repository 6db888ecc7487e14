using AgentScaler.Azure.Tests.Emulators;
using AgentScaler.Azure.Tests.Faults;
using AgentScaler.Storage;
using Azure.Core;

namespace AgentScaler.Azure.Tests;

/// <summary>What a write makes of answers that were lost or wrong. The other writer has a store of its own, which nothing befalls.</summary>
[Collection(Azurite.Collection)]
public sealed class TableLostAnswerTests(Azurite azurite) : IAsyncLifetime
{
    private readonly MishapPolicy mishaps = new();
    private IStateStore store = null!;
    private IStateStore other = null!;

    public async Task InitializeAsync()
    {
        var name = Azurite.NewName();
        store = await azurite.OpenTableAsync(name, mishaps);
        other = await azurite.OpenTableAsync(name);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task Write_AnswersOfInsertReplaceAndDeleteLost_AreDoneOnceAndKnown()
    {
        Lose();
        var first = await WriteAsync(StateWrite.Insert("k", "1"));
        Assert.Equal((await other.GetAsync("p", "k", default))!.ETag, first);
        Lose();
        var second = await WriteAsync(StateWrite.Replace("k", "2", first!));
        Assert.Equal(("2", second), await RowAsync());
        Lose();
        Assert.Null(await WriteAsync(StateWrite.Delete("k", second)));
        Assert.Null(await store.GetAsync("p", "k", default));
        Assert.Equal(3, mishaps.Befallen);
    }

    [SkippableFact]
    public async Task Write_AnswerLostAndRowChangedMeanwhile_IsDoneButNotCurrent()
    {
        var first = await WriteAsync(StateWrite.Insert("n", "1"));
        Lose(async () =>
        {
            var row = (await other.GetAsync("p", "n", default))!;
            await other.WriteAsync("p", [StateWrite.Replace("n", $"{row.Value}+other", row.ETag)], default);
        });
        var second = await WriteAsync(StateWrite.Replace("n", "2", first!));
        Assert.Equal("2+other", (await store.GetAsync("p", "n", default))!.Value);
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Replace("n", "3", second!)));
    }

    [SkippableFact]
    public async Task Write_UnconditionalAnswerLostAndRowChangedMeanwhile_DoesNotUndoTheChange()
    {
        await WriteAsync(StateWrite.Put("n", "0"));
        Lose(async () => await other.WriteAsync("p", [StateWrite.Put("n", "later")], default));
        await WriteAsync(StateWrite.Put("n", "1"));
        Assert.Equal("later", (await store.GetAsync("p", "n", default))!.Value);
    }

    [SkippableFact]
    public async Task Write_AnswerLostBeforeTheServiceSawItAndAnotherWroteTheSame_Conflicts()
    {
        var first = await WriteAsync(StateWrite.Insert("n", "1"));
        mishaps.Answer(RequestMethod.Post, "$batch", 503);
        await other.WriteAsync("p", [StateWrite.Replace("n", "2", first!)], default);
        await Assert.ThrowsAsync<StateConflictException>(() => WriteAsync(StateWrite.Replace("n", "2", first!)));
        Assert.Equal(1, mishaps.Befallen);
    }

    [SkippableFact]
    public async Task Write_RefusedThoughNothingChanged_IsDone()
    {
        var first = await WriteAsync(StateWrite.Insert("k", "1"));
        mishaps.Answer(RequestMethod.Post, "$batch", 412);
        var second = await WriteAsync(StateWrite.Replace("k", "2", first!));
        Assert.Equal(("2", second), await RowAsync());
        Assert.Equal(1, mishaps.Befallen);
    }

    [SkippableFact]
    public async Task Write_BatchWhoseAnswerWasLost_GivesAllETags()
    {
        var old = await WriteAsync(StateWrite.Insert("gone", "1"));
        Lose();
        var etags = await store.WriteAsync("p", [StateWrite.Insert("a", "1"), StateWrite.Delete("gone", old), StateWrite.Put("k", "2")], default);
        Assert.Equal([(await other.GetAsync("p", "a", default))!.ETag, null, (await other.GetAsync("p", "k", default))!.ETag], etags);
        Assert.Null(await other.GetAsync("p", "gone", default));
    }

    [SkippableFact]
    public async Task Write_ServiceThatRefusesForGood_IsAStoreFaultThatNamesPlaceAndRemedy()
    {
        mishaps.Answer(RequestMethod.Post, "$batch", 403);
        var fault = await Assert.ThrowsAsync<StoreException>(() => WriteAsync(StateWrite.Insert("k", "1")));
        Assert.Contains("write state rows in table 'devstoreaccount1/", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Storage Table Data Contributor", fault.Message, StringComparison.Ordinal);
        Assert.Null(await store.GetAsync("p", "k", default));
    }

    private void Lose(Func<Task>? meanwhile = null) => mishaps.LoseAnswer(RequestMethod.Post, "$batch", meanwhile);

    private async Task<string?> WriteAsync(StateWrite write) => (await store.WriteAsync("p", [write], default))[0];

    private async Task<(string Value, string? ETag)> RowAsync() => await other.GetAsync("p", "k", default) is { } row ? (row.Value, row.ETag) : (string.Empty, null);
}
