using System.Globalization;
using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Episodes.Checkpoints;

/// <summary>
/// The checkpoints of the episodes of one shard, a partition of the state store: the row <c>shard</c> as long as the shard is worked on, and for each episode
/// <c>ID.lease</c> and <c>ID.ATTEMPT.NUMBER</c>. They stay until the shard's episodes are an artifact. Runners that work on one shard at once
/// take its episodes from each other where they have ended, and wait for those that are another's. Used by one runner, for many episodes at once.
/// </summary>
public sealed class ShardJournal : IDisposable
{
    private const string ShardKey = "shard";
    private const string ShardValue = "{}";
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(2);

    private readonly IStateStore store;
    private readonly TimeProvider clock;
    private readonly LeaseOwners owners;
    private readonly LeaseOwner owner;
    private readonly Func<CancellationToken, Task<bool>> isWritten;
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim entering = new(1, 1);
    private volatile bool isStale = true;
    private Dictionary<string, StateRow> rows = new(StringComparer.Ordinal);
    private string? shardETag;

    /// <summary>Opens nothing yet; the first <see cref="EnterAsync"/> does.</summary>
    internal ShardJournal(
        IStateStore store, TimeProvider clock, LeaseOwners owners, string partition, int every, Func<CancellationToken, Task<bool>> isWritten)
    {
        (this.store, this.clock, this.owners, this.isWritten, Partition, Every) = (store, clock, owners, isWritten, partition, every);
        owner = owners.Enter();
    }

    /// <summary>The partition of the rows.</summary>
    public string Partition { get; }

    /// <summary>Replies from one checkpoint to the next.</summary>
    public int Every { get; }

    /// <summary>Takes an episode, or what another runner made of it; waits while that is at it.</summary>
    /// <returns>Null if the shard is done: its episodes are an artifact.</returns>
    /// <exception cref="StoreException">The store failed, or a row is damaged.</exception>
    public async Task<EpisodeJournal?> EnterAsync(string episode, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;

            // One at a time: each entry renews the shard's row under its ETag.
            await entering.WaitAsync(cancellationToken);
            try
            {
                (var journal, var isDone, wait) = await TakeAsync(episode, cancellationToken);
                if (journal is not null || isDone)
                {
                    return journal;
                }
            }
            finally
            {
                entering.Release();
            }

            // Others of the shard may enter meanwhile.
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>Sees that the next <see cref="EnterAsync"/> looks at the store again.</summary>
    public void Forget() => isStale = true;

    /// <summary>Removes all rows; the shard's episodes are an artifact.</summary>
    /// <exception cref="StoreException">The store failed; whoever runs the shard again removes the rest.</exception>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        // Without a look at the store it is not known what other runners left.
        if (isStale || rows.Count > 0)
        {
            await ReadAsync(cancellationToken);
        }

        // The shard's row goes with the first batch: from then on nobody takes an episode of it.
        foreach (var batch in keys.OrderBy(key => key != ShardKey).ThenBy(key => key, StringComparer.Ordinal).Chunk(StateLimits.BatchWrites))
        {
            await store.WriteAsync(Partition, [.. batch.Select(key => StateWrite.Delete(key))], cancellationToken);
        }

        keys.Clear();
    }

    /// <summary>Ends this run, whether the shard is done or not.</summary>
    public void Dispose()
    {
        owners.Leave(owner);
        entering.Dispose();
    }

    /// <summary>Takes an episode if it is free.</summary>
    /// <returns>The episode; or that the shard is done; or how long to wait before the next look.</returns>
    private async Task<(EpisodeJournal? Journal, bool IsDone, TimeSpan Wait)> TakeAsync(string episode, CancellationToken cancellationToken)
    {
        if (isStale)
        {
            await ReadAsync(cancellationToken);
        }

        var row = rows.GetValueOrDefault(LeaseKey(episode));
        var lease = row is null ? new EpisodeLease(owner, default, 0, false) : Read<EpisodeLease>(row);
        if (lease.HasEnded)
        {
            return (new EpisodeJournal(this, episode, lease, row!.ETag, Deltas(episode, lease)), false, default);
        }

        var wait = row is null || lease.Owner == owner || owners.IsGone(lease.Owner) ? TimeSpan.Zero : lease.Expires - clock.GetUtcNow();
        if (wait <= TimeSpan.Zero && await TryTakeAsync(episode, row, lease, cancellationToken) is { } etag)
        {
            return (new EpisodeJournal(this, episode, lease, etag, Deltas(episode, lease)), false, default);
        }

        isStale = true;
        if (wait <= TimeSpan.Zero)
        {
            await ReadAsync(cancellationToken);
            return (null, shardETag is null && await isWritten(cancellationToken), TimeSpan.Zero);
        }

        return (null, shardETag is null && await isWritten(cancellationToken), wait < Glance ? wait : Glance);
    }

    internal static string LeaseKey(string episode) => episode + ".lease";

    internal static string DeltaKey(string episode, int attempt, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{episode}.{attempt}.{number:D6}");

    /// <summary>The value of this run's lease from now on.</summary>
    internal string NewLease(int attempt, bool hasEnded) => JsonSerializer.Serialize(
        new EpisodeLease(owner, clock.GetUtcNow() + EpisodeCheckpoints.Lease, attempt, hasEnded), ArtifactJson.Options);

    internal async Task<IReadOnlyList<string?>> WriteAsync(IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        lock (keys)
        {
            keys.UnionWith(writes.Select(write => write.Key));
        }

        return await store.WriteAsync(Partition, writes, cancellationToken);
    }

    /// <summary>Takes an episode that is free; null if another runner was faster, or the shard was done.</summary>
    private async Task<string?> TryTakeAsync(string episode, StateRow? row, EpisodeLease lease, CancellationToken cancellationToken)
    {
        var isFirst = shardETag is null;
        try
        {
            var etags = await WriteAsync(
                [
                    isFirst ? StateWrite.Insert(ShardKey, ShardValue) : StateWrite.Replace(ShardKey, ShardValue, shardETag!),
                    new StateWrite(LeaseKey(episode), NewLease(lease.Attempt, hasEnded: false), row?.ETag ?? StateWrite.Absent),
                ],
                cancellationToken);
            shardETag = etags[0];

            // Another runner may have done the whole shard just before this one began it.
            if (!isFirst || !await isWritten(cancellationToken))
            {
                return etags[1];
            }

            await CloseAsync(cancellationToken);
        }
        catch (StateConflictException)
        {
            // Whoever was faster has left what it did in the store.
        }

        return null;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        isStale = false;
        rows = new Dictionary<string, StateRow>(StringComparer.Ordinal);
        await foreach (var row in store.ListAsync(Partition, string.Empty, cancellationToken))
        {
            rows[row.Key] = row;
        }

        lock (keys)
        {
            keys.UnionWith(rows.Keys);
        }

        shardETag = rows.GetValueOrDefault(ShardKey)?.ETag;
    }

    private IReadOnlyList<EpisodeDelta> Deltas(string episode, EpisodeLease lease)
    {
        var deltas = new List<EpisodeDelta>();
        while (rows.GetValueOrDefault(DeltaKey(episode, lease.Attempt, deltas.Count)) is { } row)
        {
            deltas.Add(Read<EpisodeDelta>(row));
        }

        return deltas;
    }

    private static T Read<T>(StateRow row)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(row.Value, ArtifactJson.Options) ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            throw new StoreException($"state row '{row.Partition}/{row.Key}', {e.Path ?? "$"}: expected {typeof(T).Name}: {e.Message}", e);
        }
    }
}
