namespace AgentScaler.Azure.Rows;

/// <summary>Rows in a service: what Table and Cosmos do differently, below one <see cref="RowStateStore"/>. Faults are thrown as the client throws them.</summary>
internal interface IRowService
{
    /// <summary>The service and the table or container, for messages.</summary>
    string Place { get; }

    /// <summary>Bytes that one batch may have as it is sent.</summary>
    int BatchBytes { get; }

    /// <summary>Whether a value fits into one row of the service.</summary>
    bool Fits(string value);

    /// <summary>An upper bound of the bytes that a row with this value, or without any, takes in a batch as it is sent.</summary>
    int SentBytes(string partition, string key, string? value);

    /// <summary>One row, or null.</summary>
    Task<StoredRow?> GetAsync(string partition, string key, CancellationToken cancellationToken);

    /// <summary>Rows whose key starts with the prefix, in ordinal order of key.</summary>
    IAsyncEnumerable<StoredRow> ListAsync(string partition, string keyPrefix, CancellationToken cancellationToken);

    /// <summary>The current versions of rows, without their values; absent rows are left out.</summary>
    Task<IReadOnlyDictionary<string, RowVersion>> VersionsAsync(string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken);

    /// <summary>Applies all actions or none.</summary>
    Task<Submission> SubmitAsync(string partition, IReadOnlyList<RowAction> actions, CancellationToken cancellationToken);
}
