using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>Sessions put away in a state store and taken up again, by another engine.</summary>
public sealed class SessionSnapshotTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteStateStore store;
    private readonly SessionSnapshots snapshots;
    private readonly EnvironmentEngine engine = new(new EngineOptions(), Library.Clock);

    public SessionSnapshotTests()
    {
        store = new SqliteStateStore(folder.File("state.db"));
        snapshots = new SessionSnapshots(store);
    }

    public void Dispose()
    {
        engine.Dispose();
        store.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(ValueRules.Json)]
    [InlineData(ValueRules.Python)]
    public async Task Resume_SavedSession_GoesOnAsTheOriginal(ValueRules values)
    {
        var environment = LoadedEnvironment.Load(Library.Package() with { Values = values });
        var original = engine.Open(environment, new Seed("1"), [new RowChange("books", "b9", Library.Json("""{"title":"é","book_id":"b9","pages":10.0}"""))]);
        original.Call("lend_book", """{"book_id":"b1"}""");
        original.Call("delete_book", """{"book_id":"b2"}""");
        await snapshots.SaveAsync("p", "s", original.Snapshot());

        using var other = new EnvironmentEngine(new EngineOptions(), Library.Clock);
        var resumed = other.Resume(environment, (await snapshots.LoadAsync("p", "s"))!);

        Assert.Equal(original.StateHash, resumed.StateHash);
        foreach (var tool in new[] { "lend_book", "get_book", "list_books" })
        {
            foreach (var book in new[] { "b1", "b2", "b9" })
            {
                Assert.Equal(original.Call(tool, $$"""{"book_id":"{{book}}"}"""), resumed.Call(tool, $$"""{"book_id":"{{book}}"}"""));
            }
        }

        Assert.Equal(original.StateHash, resumed.StateHash);
        Assert.Equal(original.Differences.Select(difference => difference.Path), resumed.Differences.Select(difference => difference.Path));
        original.Reset();
        resumed.Reset();
        Assert.Equal(original.StateHash, resumed.StateHash);
    }

    [Fact]
    public async Task Save_LargeThenSmall_LeavesNoParts()
    {
        var session = engine.Open(LoadedEnvironment.Load(Library.Package()), new Seed("1"));
        session.Call("set_title", $$"""{"book_id":"b1","title":"{{new string('x', 700_000)}}"}""");
        await snapshots.SaveAsync("p", "s", session.Snapshot());
        Assert.Equal(session.StateHash, engine.Resume(session.Environment, (await snapshots.LoadAsync("p", "s"))!).StateHash);

        session.Reset();
        await snapshots.SaveAsync("p", "s", session.Snapshot());
        Assert.Equal(2, await store.ListAsync("p", "s", default).CountAsync());

        await snapshots.DeleteAsync("p", "s");
        Assert.Null(await snapshots.LoadAsync("p", "s"));
        Assert.Equal(0, await store.ListAsync("p", "", default).CountAsync());
    }

    [Fact]
    public async Task Load_PartMissing_IsAStoreFault()
    {
        await snapshots.SaveAsync("p", "s", engine.Open(LoadedEnvironment.Load(Library.Package()), new Seed("1")).Snapshot());
        var part = await store.ListAsync("p", "s.", default).SingleAsync();
        await store.WriteAsync("p", [StateWrite.Delete(part.Key)], default);

        await Assert.ThrowsAsync<StoreException>(() => snapshots.LoadAsync("p", "s"));
    }

    [Fact]
    public void Resume_OnAnotherEnvironmentOrState_IsRefused()
    {
        var environment = LoadedEnvironment.Load(Library.Package());
        var snapshot = engine.Open(environment, new Seed("1")).Snapshot();

        Assert.Throws<ArgumentException>(() => engine.Resume(environment, snapshot with { Environment = "env-other" }));
        Assert.Throws<ArgumentException>(() => engine.Resume(environment, snapshot with { StateHash = new string('0', 64) }));
    }
}
