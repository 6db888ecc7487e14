using AgentScaler.Contracts;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Storage;

public sealed class SqliteStateStoreTests : StateStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteStateStore store;

    public SqliteStateStoreTests() => store = new SqliteStateStore(folder.File("state.db"));

    protected override IStateStore Store => store;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Open_Again_KeepsRowsAndETags()
    {
        var etag = (await WriteAsync(StateWrite.Insert("k", "1")))[0];
        store.Dispose();
        using var reopened = new SqliteStateStore(folder.File("state.db"));
        Assert.Equal(etag, (await reopened.GetAsync("p", "k", default))!.ETag);
    }

    [Fact]
    public async Task Write_SameWritesInAnotherFile_GiveTheSameETags()
    {
        using var other = new SqliteStateStore(folder.File("other.db"));
        StateWrite[] writes = [StateWrite.Insert("a", "1"), StateWrite.Put("b", "2"), StateWrite.Delete("c")];
        Assert.Equal(await store.WriteAsync("p", writes, default), await other.WriteAsync("p", writes, default));
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsAStoreFaultThatNamesIt()
    {
        File.WriteAllText(folder.File("text.db"), new string('x', 5000));
        var fault = Assert.Throws<StoreException>(() => new SqliteStateStore(folder.File("text.db")));
        Assert.Contains(folder.File("text.db"), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderThatDoesNotExist_IsAStoreFaultThatNamesIt()
    {
        var fault = Assert.Throws<StoreException>(() => new SqliteStateStore(folder.File("none/state.db")));
        Assert.Contains(folder.File("none/state.db"), fault.Message, StringComparison.Ordinal);
    }
}
