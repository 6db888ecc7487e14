using System.Globalization;
using System.Text.Json;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Episodes.Checkpoints;

/// <summary>
/// The checkpoints of one episode: what was kept of it, and where more is kept. Each is one batch in the state store: a row with what changed, and the lease
/// renewed under its ETag.
/// </summary>
public sealed class EpisodeJournal
{
    private readonly ShardJournal shard;
    private readonly string episode;
    private readonly List<EpisodeDelta> deltas;
    private readonly List<EpisodeReply> waiting = [];
    private string etag;
    private int written;
    private SessionDeltas? session;
    private bool isFull;

    internal EpisodeJournal(ShardJournal shard, string episode, EpisodeLease lease, string etag, IReadOnlyList<EpisodeDelta> deltas)
    {
        this.shard = shard;
        this.episode = episode;
        this.etag = etag;
        this.deltas = [.. deltas];
        written = deltas.Count;
        Attempt = lease.Attempt;
    }

    /// <summary>The 0-based attempt at the episode.</summary>
    public int Attempt { get; private set; }

    /// <summary>The replies that were kept of this attempt.</summary>
    public IReadOnlyList<EpisodeReply> Replies => [.. deltas.SelectMany(delta => delta.Replies)];

    /// <summary>Opens the environment where the last checkpoint left it, or at its start.</summary>
    /// <param name="seed">Seed path of what happens inside the environment.</param>
    /// <exception cref="StoreException">The checkpoints don't give the state hash they name.</exception>
    public EnvironmentSession Open(EnvironmentEngine engine, LoadedEnvironment environment, string seed, IReadOnlyList<RowChange> initial)
    {
        var opened = deltas.Count == 0
            ? engine.Open(environment, new Determinism.Seed(seed), initial)
            : Resume(engine, environment, seed, initial);
        session = new SessionDeltas(opened);
        return opened;
    }

    /// <summary>Keeps a reply: at once, or with others where a checkpoint is made after several.</summary>
    /// <param name="isLast">The episode ends with it.</param>
    /// <exception cref="LeaseLostException">Another runner has the episode by now.</exception>
    public async Task AddAsync(EpisodeReply reply, bool isLast, CancellationToken cancellationToken)
    {
        waiting.Add(reply);
        if (!isLast && waiting.Count < shard.Every)
        {
            return;
        }

        var value = isFull ? null : JsonSerializer.Serialize(session!.Take([.. waiting]), ArtifactJson.Options);
        waiting.Clear();

        // A reply over the limit of a row ends the checkpoints of this episode: it goes on, and is resumed from here.
        isFull |= value is null || System.Text.Encoding.UTF8.GetByteCount(value) > StateLimits.ValueBytes;
        var delta = isFull ? null : StateWrite.Insert(ShardJournal.DeltaKey(episode, Attempt, written++), value!);
        await RenewAsync(isLast && !isFull, delta, cancellationToken);
    }

    /// <summary>Begins the next attempt: what was kept counts no more.</summary>
    /// <param name="isLast">There is no further attempt: the episode has ended.</param>
    /// <exception cref="LeaseLostException">Another runner has the episode by now.</exception>
    public async Task RestartAsync(bool isLast, CancellationToken cancellationToken)
    {
        Attempt++;
        written = 0;
        isFull = false;
        deltas.Clear();
        waiting.Clear();
        await RenewAsync(isLast, null, cancellationToken);
    }

    private async Task RenewAsync(bool hasEnded, StateWrite? delta, CancellationToken cancellationToken)
    {
        var lease = StateWrite.Replace(ShardJournal.LeaseKey(episode), shard.NewLease(Attempt, hasEnded), etag);
        try
        {
            etag = (await shard.WriteAsync(delta is null ? [lease] : [lease, delta], cancellationToken))[0]!;
        }
        catch (StateConflictException e)
        {
            throw new LeaseLostException(episode, e);
        }
    }

    private EnvironmentSession Resume(EnvironmentEngine engine, LoadedEnvironment environment, string seed, IReadOnlyList<RowChange> initial)
    {
        var rows = new Dictionary<(string Collection, string Key), RowChange>();
        var ids = new SortedDictionary<string, SortedDictionary<int, int>>(StringComparer.Ordinal);
        foreach (var change in initial.Concat(deltas.SelectMany(delta => delta.Rows)))
        {
            rows[(change.Collection, change.Key)] = change;
        }

        foreach (var (hash, counts) in deltas.SelectMany(delta => delta.Ids))
        {
            ids[hash] = counts;
        }

        try
        {
            return engine.Resume(environment, new SessionSnapshot
            {
                Environment = environment.Package.Id,
                Seed = seed,
                Initial = initial,
                Changes = [.. rows.Values],
                Ids = ids,
                StateHash = deltas[^1].StateHash,
            });
        }
        catch (ArgumentException e)
        {
            var count = deltas.Count.ToString(CultureInfo.InvariantCulture);
            throw new StoreException(
                $"the {count} checkpoints of {episode} in partition '{shard.Partition}' are damaged: {e.Message}; set operations.checkpoints to 0 to go on without them", e);
        }
    }
}
