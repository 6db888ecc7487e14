namespace AgentScaler.Storage;

/// <summary>
/// Mutable rows under optimistic concurrency: the state of running episodes and the index of campaigns (SQLite, Table or Cosmos).
/// Limits hold in every implementation and are those of the strictest service (<see cref="StateLimits"/>).
/// </summary>
public interface IStateStore
{
    /// <summary>One row, or null.</summary>
    Task<StateRow?> GetAsync(string partition, string key, CancellationToken cancellationToken);

    /// <summary>Rows of a partition whose key starts with the prefix, in ordinal order of key.</summary>
    IAsyncEnumerable<StateRow> ListAsync(string partition, string keyPrefix, CancellationToken cancellationToken);

    /// <summary>Applies the writes of one partition together: all of them or none.</summary>
    /// <returns>The new ETags, in the order of the writes; null for a delete.</returns>
    /// <exception cref="StateConflictException">A condition did not hold: an insert found a row, or an ETag was not the current one.</exception>
    /// <exception cref="StateLimitException">A key, a value or the batch is over a limit.</exception>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<IReadOnlyList<string?>> WriteAsync(string partition, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken);
}
