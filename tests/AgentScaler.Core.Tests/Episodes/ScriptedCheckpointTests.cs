using AgentScaler.Contracts;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Episodes;

public sealed class ScriptedCheckpointTests(LibraryRollouts library) : IClassFixture<LibraryRollouts>
{
    [Fact]
    public async Task Run_ScriptedAndKilledAtAnyWrite_GoesOnToTheSameBytesLabelsIncluded()
    {
        using var folder = new TemporaryFolder();
        using var sqlite = new SqliteStateStore(folder.File("state.db"));
        var labelled = 0;
        var kills = 0;
        foreach (var task in library.Tasks)
        {
            var expected = library.Run(task, 0, Cast());
            labelled += expected.Faults.Count;
            var writes = int.MaxValue;
            for (var at = 1; at < writes; at++, kills++)
            {
                var shard = $"{task.Id}-{at}";
                var store = new WatchedStateStore(sqlite) { Written = number => _ = number == at ? throw new IOException("killed") : number };
                try
                {
                    await RunAsync(store, shard);
                    writes = at;
                }
                catch (IOException)
                {
                    Assert.Equal(CanonicalJson.Serialize(expected), CanonicalJson.Serialize(await RunAsync(sqlite, shard)));
                }
            }

            Task<EpisodeRecord> RunAsync(IStateStore store, string shard) => RunKeptAsync(store, shard, task.Id);
        }

        Assert.True(labelled > 0);
        Assert.True(kills > 4 * library.Tasks.Count);
    }

    [Fact]
    public void EveryFor_NothingSet_KeepsTheRepliesOfModelsOnly()
    {
        using var folder = new TemporaryFolder();
        using var store = new SqliteStateStore(folder.File("state.db"));
        var owners = LeaseOwners.OfThisProcess();
        Assert.Equal(1, new EpisodeCheckpoints(store, LibraryEnvironment.Clock, owners, every: null).EveryFor(new NotesCast()));
        Assert.Equal(0, new EpisodeCheckpoints(store, LibraryEnvironment.Clock, owners, every: null).EveryFor(Cast()));
        Assert.Equal(7, new EpisodeCheckpoints(store, LibraryEnvironment.Clock, owners, every: 7).EveryFor(Cast()));
        Assert.Equal(0, new EpisodeCheckpoints(store, LibraryEnvironment.Clock, owners, every: 0).EveryFor(new NotesCast()));
    }

    [Fact]
    public void IsGone_RunsAndProcesses_AreToldApart()
    {
        var owners = LeaseOwners.OfThisProcess("here");
        var run = owners.Enter();
        Assert.False(owners.IsGone(run));
        Assert.False(LeaseOwners.OfThisProcess("elsewhere").IsGone(run));
        owners.Leave(run);
        Assert.True(owners.IsGone(run));
        Assert.True(owners.IsGone(run with { Started = run.Started - 60_000 }));
        Assert.True(owners.IsGone(run with { Process = int.MaxValue }));
    }

    private ScriptedCast Cast() => new(library.Engine, library.Environment, new EpisodeSettings { FaultShare = 1 });

    private async Task<EpisodeRecord> RunKeptAsync(IStateStore store, string shard, string id)
    {
        var task = library.Tasks.Single(candidate => candidate.Id == id);
        var seed = new Seed("test").Child(id).Child(0);
        var checkpoints = new EpisodeCheckpoints(store, LibraryEnvironment.Clock, LeaseOwners.OfThisProcess(), every: 1);
        using var journal = checkpoints.Open(shard, 1, _ => Task.FromResult(false));
        var episode = await journal.EnterAsync(EpisodeRunner.IdOf(task, 0, seed), default);
        return await new EpisodeRunner(library.Engine, library.Environment, new EpisodeSettings { FaultShare = 1 }).RunAsync(task, 0, seed, Cast(), default, episode);
    }
}
