using System.Runtime.CompilerServices;

namespace AgentScaler.Storage;

/// <summary>A store laid over another: what is written goes into the upper one, what is not there is read from the lower one, which stays as it is.</summary>
public sealed class OverlayArtifactStore(IArtifactStore upper, IArtifactStore lower) : IArtifactStore
{
    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        !await lower.ExistsAsync(name, cancellationToken) && await upper.TryCreateAsync(name, write, cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken) =>
        await upper.OpenReadAsync(name, cancellationToken) ?? await lower.OpenReadAsync(name, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        await upper.ExistsAsync(name, cancellationToken) || await lower.ExistsAsync(name, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var store in new[] { upper, lower })
        {
            await foreach (var name in store.ListAsync(prefix, cancellationToken))
            {
                names.Add(name);
            }
        }

        foreach (var name in names)
        {
            yield return name;
        }
    }

    /// <summary>Removes a blob of the upper store; those of the lower one stay.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => upper.DeleteAsync(name, cancellationToken);
}
