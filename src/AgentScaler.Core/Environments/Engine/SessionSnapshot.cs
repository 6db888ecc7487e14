namespace AgentScaler.Environments.Engine;

/// <summary>A session as it can be kept outside the process: what it started from and what has changed since. With its environment it is the session.</summary>
public sealed record SessionSnapshot
{
    /// <summary>The environment package's id.</summary>
    public required string Environment { get; init; }

    /// <summary>The session's seed path.</summary>
    public required string Seed { get; init; }

    /// <summary>The rows the session started with, beside those of the environment.</summary>
    public required IReadOnlyList<RowChange> Initial { get; init; }

    /// <summary>The rows that differ from the environment's initial state.</summary>
    public required IReadOnlyList<RowChange> Changes { get; init; }

    /// <summary>Hash of a call's seed and arguments to how often it committed ids, by the collection's place; see <see cref="IdCounts"/>.</summary>
    public required SortedDictionary<string, SortedDictionary<int, int>> Ids { get; init; }

    /// <summary>The state hash, by which a restored session is checked.</summary>
    public required string StateHash { get; init; }
}
