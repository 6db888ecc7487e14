using AgentScaler.Environments;

namespace AgentScaler.Episodes.Checkpoints;

/// <summary>What one checkpoint of an episode adds to the one before.</summary>
public sealed record EpisodeDelta
{
    /// <summary>The replies since then, in order; at least one.</summary>
    public required IReadOnlyList<EpisodeReply> Replies { get; init; }

    /// <summary>The rows that changed since then, as they stand; a row without content is not there.</summary>
    public required IReadOnlyList<RowChange> Rows { get; init; }

    /// <summary>The counts that generated ids derive from, where they changed since then.</summary>
    public required SortedDictionary<string, SortedDictionary<int, int>> Ids { get; init; }

    /// <summary>The environment's state hash at the checkpoint.</summary>
    public required string StateHash { get; init; }
}
