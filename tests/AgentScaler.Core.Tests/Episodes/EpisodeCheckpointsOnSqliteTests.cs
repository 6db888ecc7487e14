using AgentScaler.Contracts;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Episodes;

public sealed class EpisodeCheckpointsOnSqliteTests : EpisodeCheckpointContract
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteStateStore store;

    public EpisodeCheckpointsOnSqliteTests() => store = new SqliteStateStore(folder.File("state.db"));

    protected override IStateStore Store => store;

    protected override void Dispose(bool disposing)
    {
        store.Dispose();
        folder.Dispose();
    }
}
