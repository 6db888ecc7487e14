using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Contracts;

/// <summary>What checkpoints of episodes promise on every state store; a subclass runs it on one.</summary>
public abstract class EpisodeCheckpointContract : IDisposable
{
    private const string Shard = "0123456789abcdef";
    private const int Episodes = 2;

    private static readonly TimeSpan Expiry = EpisodeCheckpoints.Lease + TimeSpan.FromSeconds(1);

    private readonly EnvironmentEngine engine = new(new EngineOptions(), new FrozenClock(DateTimeOffset.UnixEpoch));
    private readonly LoadedEnvironment environment = NotesEnvironment.Load();
    private readonly SwiftClock clock = new();
    private readonly TaskSpec task;
    private string? artifact;
    private int processes;

    protected EpisodeCheckpointContract() => task = NotesEnvironment.Task(engine, environment);

    /// <summary>The store under test, empty at first.</summary>
    protected abstract IStateStore Store { get; }

    /// <summary>Why the server at hand can't take batches of several writes; null if it can.</summary>
    protected virtual string? NoBatches => null;

    public void Dispose()
    {
        Dispose(disposing: true);
        engine.Dispose();
        GC.SuppressFinalize(this);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Run_KilledAtAnyReply_GoesOnToTheSameBytesAndAsksNoOtherTwice(int every)
    {
        Skip.If(NoBatches is not null, NoBatches);
        var expected = await StraightAsync();
        var most = 0;
        for (var at = 0; at < Episodes * NotesCast.Replies; at++)
        {
            var cast = new NotesCast { OnAsk = before => before == at ? throw new KilledException() : Task.CompletedTask };
            await Assert.ThrowsAsync<KilledException>(() => RunAsync(cast, Store, every));
            cast.OnAsk = _ => Task.CompletedTask;
            clock.Advance(Expiry);
            Assert.Equal(expected, await RunAsync(cast, Store, every));
            Assert.Equal(Episodes * NotesCast.Replies, cast.Asked.Count);
            most = Math.Max(most, cast.Asked.Values.Sum(count => count - 1));
            Assert.True(cast.Asked.Values.Sum(count => count - 1) <= every, $"killed at {at}: {string.Join(", ", cast.Asked.Where(pair => pair.Value > 1))}");
            await AssertNothingLeftAsync();
            artifact = null;
        }

        Assert.Equal(every, most);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_KilledAtAnyWrite_GoesOnToTheSameBytesAndAsksOneReplyAgainAtMost(bool isDone)
    {
        Skip.If(NoBatches is not null, NoBatches);
        var expected = await StraightAsync();
        var counted = new WatchedStateStore(Store);
        await RunAsync(new NotesCast(), counted, 1);
        Assert.True(counted.Writes > Episodes * NotesCast.Replies);
        for (var at = 0; at < counted.Writes; at++)
        {
            artifact = null;
            var cast = new NotesCast();
            Action<int> kill = number => _ = number == at ? throw new KilledException() : number;
            var store = new WatchedStateStore(Store) { Writing = isDone ? null : kill, Written = isDone ? kill : null };
            await Assert.ThrowsAsync<KilledException>(() => RunAsync(cast, store, 1));
            clock.Advance(Expiry);
            Assert.Equal(expected, await RunAsync(cast, Store, 1));
            Assert.True(cast.Asked.Values.Sum(count => count - 1) <= (isDone ? 0 : 1), $"killed at write {at}: {string.Join(", ", cast.Asked.Where(pair => pair.Value > 1))}");
            await AssertNothingLeftAsync();
        }
    }

    [SkippableFact]
    public async Task Run_TwoRunnersAtOnce_GiveOneResultAndAskEachReplyOnce()
    {
        Skip.If(NoBatches is not null, NoBatches);
        var expected = await StraightAsync();
        var isReached = new TaskCompletionSource();
        var isFound = new TaskCompletionSource();
        var cast = new NotesCast
        {
            OnAsk = before =>
            {
                isReached.TrySetResult();
                return before == 3 ? isFound.Task : Task.CompletedTask;
            },
        };
        var looks = 0;
        var other = new WatchedStateStore(Store) { Listing = () => _ = ++looks == 3 && isFound.TrySetResult() };
        var first = Task.Run(() => RunAsync(cast, Store, 1));
        await isReached.Task;
        var second = await Task.Run(() => RunAsync(cast, other, 1));
        Assert.Equal(expected, await first ?? second);
        Assert.True(looks >= 3);
        Assert.Equal(Episodes * NotesCast.Replies, cast.Asked.Count);
        Assert.All(cast.Asked, pair => Assert.Equal(1, pair.Value));
        await AssertNothingLeftAsync();
    }

    [SkippableFact]
    public async Task Run_LeaseRunsOutUnderWay_IsTakenOverAndTheLoserGivesUpCleanly()
    {
        Skip.If(NoBatches is not null, NoBatches);
        var expected = await StraightAsync();
        var isStuck = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var slow = new NotesCast
        {
            OnAsk = before =>
            {
                if (before != 3)
                {
                    return Task.CompletedTask;
                }

                isStuck.SetResult();
                return goOn.Task;
            },
        };
        var first = Task.Run(() => RunAsync(slow, Store, 1));
        await isStuck.Task;
        clock.Advance(Expiry);
        var quick = new NotesCast();
        Assert.Equal(expected, await RunAsync(quick, Store, 1));
        goOn.SetResult();
        Assert.Null(await first);
        Assert.Equal(4, slow.Asked.Count);
        Assert.Equal((Episodes * NotesCast.Replies) - 3, quick.Asked.Count);
        await AssertNothingLeftAsync();
    }

    [SkippableFact]
    public async Task Run_OwnersProcessIsGone_IsTakenOverAtOnce()
    {
        Skip.If(NoBatches is not null, NoBatches);
        var expected = await StraightAsync();
        var cast = new NotesCast { OnAsk = before => before == 5 ? throw new KilledException() : Task.CompletedTask };
        await Assert.ThrowsAsync<KilledException>(() => RunAsync(cast, Store, 1, machine: "here"));
        cast.OnAsk = _ => Task.CompletedTask;
        var store = new WatchedStateStore(Store);
        var looks = 0;
        store.Listing = () => looks++;
        Assert.Equal(expected, await RunAsync(cast, store, 1, machine: "here"));
        Assert.Equal(2, looks);
    }

    [SkippableFact]
    public async Task Run_RowIsDamaged_SaysWhichAndHowToGoOn()
    {
        Skip.If(NoBatches is not null, NoBatches);
        var cast = new NotesCast { OnAsk = before => before == 5 ? throw new KilledException() : Task.CompletedTask };
        await Assert.ThrowsAsync<KilledException>(() => RunAsync(cast, Store, 1));
        clock.Advance(Expiry);
        var rows = await RowsAsync();
        var lastDelta = rows.Last(row => row.Value.Contains("stateHash", StringComparison.Ordinal) && !row.Key.EndsWith(".lease", StringComparison.Ordinal));
        await Store.WriteAsync(lastDelta.Partition, [StateWrite.Put(lastDelta.Key, lastDelta.Value.Replace("\"stateHash\":\"", "\"stateHash\":\"0", StringComparison.Ordinal))], default);
        var fault = await Assert.ThrowsAsync<StoreException>(() => RunAsync(cast, Store, 1));
        Assert.Contains("operations.checkpoints", fault.Message, StringComparison.Ordinal);
        await Store.WriteAsync(lastDelta.Partition, [StateWrite.Put(lastDelta.Key, "[]")], default);
        clock.Advance(Expiry);
        fault = await Assert.ThrowsAsync<StoreException>(() => RunAsync(cast, Store, 1));
        Assert.Contains(lastDelta.Key, fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_ToItsEnd_TakesOneOperationAReplyAndFewBeside()
    {
        Skip.If(NoBatches is not null, NoBatches);
        var store = new WatchedStateStore(Store);
        Assert.Equal(await StraightAsync(), await RunAsync(new NotesCast(), store, 1));

        // Besides: a lease each, one look at the start, one removal at the end.
        Assert.Equal((Episodes * (NotesCast.Replies + 1)) + 2, store.Operations);
        await AssertNothingLeftAsync();
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private async Task<string> StraightAsync()
    {
        var runner = new EpisodeRunner(engine, environment, new EpisodeSettings());
        var text = string.Empty;
        for (var trial = 0; trial < Episodes; trial++)
        {
            text += CanonicalJson.Serialize(await runner.RunAsync(task, trial, SeedOf(trial), new NotesCast(), default)) + "\n";
        }

        return text;
    }

    /// <summary>Rolls out the shard as the step does; null if another runner did it.</summary>
    private async Task<string?> RunAsync(NotesCast cast, IStateStore store, int every, string? machine = null)
    {
        var process = Interlocked.Increment(ref processes);
        var owners = new LeaseOwners(new LeaseOwner(machine ?? $"machine-{process}", process, 0, 0), _ => false);
        using var shard = new EpisodeCheckpoints(store, clock, owners, every).Open(Shard, every, _ => Task.FromResult(artifact is not null));
        if (artifact is not null)
        {
            await shard.CloseAsync(default);
            return artifact;
        }

        var runner = new EpisodeRunner(engine, environment, new EpisodeSettings());
        var text = string.Empty;
        for (var trial = 0; trial < Episodes; trial++)
        {
            while (true)
            {
                if (await shard.EnterAsync(EpisodeRunner.IdOf(task, trial, SeedOf(trial)), default) is not { } journal)
                {
                    return null;
                }

                try
                {
                    text += CanonicalJson.Serialize(await runner.RunAsync(task, trial, SeedOf(trial), cast, default, journal)) + "\n";
                    break;
                }
                catch (LeaseLostException)
                {
                    shard.Forget();
                }
            }
        }

        artifact ??= text;
        await shard.CloseAsync(default);
        return text;
    }

    private async Task AssertNothingLeftAsync() => Assert.Empty(await RowsAsync());

    private async Task<IReadOnlyList<StateRow>> RowsAsync()
    {
        var rows = new List<StateRow>();
        await foreach (var row in Store.ListAsync(EpisodeCheckpoints.PartitionOf(Shard), string.Empty, default))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static Seed SeedOf(int trial) => new Seed("notes").Child(trial);

    private sealed class KilledException : Exception;
}
