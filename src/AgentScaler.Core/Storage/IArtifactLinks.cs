namespace AgentScaler.Storage;

/// <summary>Addresses under which anyone who has them reads one artifact for a while.</summary>
public interface IArtifactLinks
{
    /// <summary>Makes one, or gives null where the store can't.</summary>
    /// <param name="name">The artifact's name.</param>
    /// <param name="lifetime">How long it works from now.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    Task<Uri?> LinkAsync(string name, TimeSpan lifetime, CancellationToken cancellationToken);
}
