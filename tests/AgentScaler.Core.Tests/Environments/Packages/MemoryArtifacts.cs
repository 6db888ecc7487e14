using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Environments.Packages;

/// <summary>An artifact store in memory whose blobs a test can damage.</summary>
internal sealed class MemoryArtifacts : IArtifactStore
{
    public SortedDictionary<string, byte[]> Blobs { get; } = new(StringComparer.Ordinal);

    public async Task<bool> TryCreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArtifactName.Check(name);
        using var stream = new MemoryStream();
        await write(stream, cancellationToken);
        return Blobs.TryAdd(name, stream.ToArray());
    }

    public Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        ArtifactName.Check(name);
        return Task.FromResult<Stream?>(Blobs.TryGetValue(name, out var bytes) ? new MemoryStream(bytes) : null);
    }

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(Blobs.ContainsKey(name));

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        Blobs.Remove(name);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).ToAsyncEnumerable();
}
