using AgentScaler.Environments;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Episodes.Checkpoints;

/// <summary>Tells what changed in a session since it was last asked.</summary>
internal sealed class SessionDeltas(EnvironmentSession session)
{
    private SessionSnapshot before = session.Snapshot();

    /// <summary>The rows and counts that changed, as they stand.</summary>
    public EpisodeDelta Take(IReadOnlyList<EpisodeReply> replies)
    {
        var now = session.Snapshot();
        var rows = new List<RowChange>();
        var earlier = before.Changes.ToDictionary(change => (change.Collection, change.Key));
        foreach (var change in now.Changes)
        {
            if (!earlier.Remove((change.Collection, change.Key), out var known) || Text(known) != Text(change))
            {
                rows.Add(change);
            }
        }

        // What is no change any more is as it is in the environment.
        rows.AddRange(earlier.Keys.Select(place => new RowChange(place.Collection, place.Key, session.Row(place.Collection, place.Key))));
        var ids = new SortedDictionary<string, SortedDictionary<int, int>>(StringComparer.Ordinal);
        foreach (var (hash, counts) in now.Ids)
        {
            if (!before.Ids.TryGetValue(hash, out var known) || !known.SequenceEqual(counts))
            {
                ids.Add(hash, counts);
            }
        }

        before = now;
        return new EpisodeDelta { Replies = replies, Rows = rows, Ids = ids, StateHash = now.StateHash };
    }

    private static string? Text(RowChange change) => change.Row?.GetRawText();
}
