using AgentScaler.Episodes.Scripted;
using AgentScaler.Storage;

namespace AgentScaler.Episodes.Checkpoints;

/// <summary>
/// Keeps running episodes in the state store, so that a run that is broken off, or made twice at once, pays for no reply twice but the one under way. They
/// change no byte of an episode.
/// </summary>
/// <param name="store">Where the rows go.</param>
/// <param name="clock">Tells whether a lease has expired.</param>
/// <param name="owners">Who can hold a lease in this process.</param>
/// <param name="every">Replies from one checkpoint to the next, 0 for no checkpoints; null: after each reply of a model, none for scripted parties.</param>
public sealed class EpisodeCheckpoints(IStateStore store, TimeProvider clock, LeaseOwners owners, int? every)
{
    /// <summary>How long a lease holds after the last checkpoint: longer than a model takes for its reply.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    /// <summary>Replies from one checkpoint to the next with these parties; 0 for none.</summary>
    public int EveryFor(ICast cast) => every ?? (cast.Generator == ScriptedCast.Scripted ? 0 : 1);

    /// <summary>The partition of a shard's rows.</summary>
    /// <param name="shard">The key of the step that rolls it out.</param>
    public static string PartitionOf(string shard) => "episodes-" + shard;

    /// <summary>Opens the checkpoints of a shard for one run.</summary>
    /// <param name="shard">The key of the step that rolls it out.</param>
    /// <param name="every">As <see cref="EveryFor"/> says.</param>
    /// <param name="isWritten">Whether the shard's episodes are an artifact.</param>
    public ShardJournal Open(string shard, int every, Func<CancellationToken, Task<bool>> isWritten) =>
        new(store, clock, owners, PartitionOf(shard), every, isWritten);
}
