namespace AgentScaler.Storage;

/// <summary>For stores that nobody reaches from outside, such as a folder.</summary>
public sealed class NoArtifactLinks : IArtifactLinks
{
    /// <inheritdoc/>
    public Task<Uri?> LinkAsync(string name, TimeSpan lifetime, CancellationToken cancellationToken) => Task.FromResult<Uri?>(null);
}
