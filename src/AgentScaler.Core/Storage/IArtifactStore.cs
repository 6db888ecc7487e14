namespace AgentScaler.Storage;

/// <summary>
/// Immutable blobs by name. A name is written once and whole: a reader sees all of it or nothing, also when the writer is killed.
/// Names are <c>/</c>-separated segments of <c>[A-Za-z0-9._-]</c>, at most 512 characters, no segment with <c>.</c> at its end (<see cref="ArtifactName"/>).
/// </summary>
public interface IArtifactStore
{
    /// <summary>Creates a blob unless the name is taken; what is there stays.</summary>
    /// <param name="write">Writes the content; if it throws, nothing is created.</param>
    /// <returns>True if this call created it.</returns>
    /// <exception cref="ArgumentException">The name is not an artifact name.</exception>
    /// <exception cref="StoreException">The store failed (disk full, no access, no connection).</exception>
    Task<bool> TryCreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Opens a blob for reading, or gives null if there is none.</summary>
    Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether a blob of that name exists.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Names that start with the prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Removes a blob; without one of that name nothing happens. For whoever knows that nobody needs it any more.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
