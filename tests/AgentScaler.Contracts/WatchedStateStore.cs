using System.Runtime.CompilerServices;
using AgentScaler.Storage;

namespace AgentScaler.Contracts;

/// <summary>A state store that counts what it is asked for, and lets a test step in.</summary>
public sealed class WatchedStateStore(IStateStore store) : IStateStore
{
    private int operations;

    /// <summary>Reads, lists and writes so far.</summary>
    public int Operations => operations;

    /// <summary>Called before each list.</summary>
    public Action? Listing { get; set; }

    /// <summary>Called before each write with its 0-based number.</summary>
    public Action<int>? Writing { get; set; }

    /// <summary>Called after each write with its 0-based number.</summary>
    public Action<int>? Written { get; set; }

    /// <summary>Writes so far.</summary>
    public int Writes { get; private set; }

    public Task<StateRow?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref operations);
        return store.GetAsync(partition, key, cancellationToken);
    }

    public async IAsyncEnumerable<StateRow> ListAsync(string partition, string keyPrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref operations);
        Listing?.Invoke();
        await foreach (var row in store.ListAsync(partition, keyPrefix, cancellationToken))
        {
            yield return row;
        }
    }

    public async Task<IReadOnlyList<string?>> WriteAsync(string partition, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref operations);
        var number = Writes++;
        Writing?.Invoke(number);
        var etags = await store.WriteAsync(partition, writes, cancellationToken);
        Written?.Invoke(number);
        return etags;
    }
}
