using System.Runtime.CompilerServices;

namespace AgentScaler.Models;

/// <summary>Works on several items at once and gives the results in the order of the items.</summary>
internal static class OrderedParallel
{
    /// <summary>Items that may be begun ahead of the oldest that is not done, for each that is worked on at once: a slow one must not hold up the others.</summary>
    private const int Ahead = 4;

    /// <summary>The results, in order.</summary>
    /// <param name="degree">Items that are worked on at once, from 1.</param>
    /// <param name="select">Works on one item.</param>
    /// <exception cref="BudgetSpentException">Of the first item, in order, that may spend no more: all others were let go on to where they end by themselves.</exception>
    /// <exception cref="ModelException">Of the first item, in order, whose model gave no reply; the others as before.</exception>
    public static async IAsyncEnumerable<TResult> SelectAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> items, int degree, Func<TItem, CancellationToken, Task<TResult>> select, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(degree, degree);
        var begun = new Queue<Task<TResult>>();
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken))
            {
                if (begun.Count >= degree * Ahead)
                {
                    yield return await NextAsync();
                }

                await slots.WaitAsync(cancellationToken);
                begun.Enqueue(Task.Run(() => RunAsync(item), CancellationToken.None));
            }

            while (begun.Count > 0)
            {
                yield return await NextAsync();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll((IEnumerable<Task>)begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<TResult> RunAsync(TItem item)
        {
            try
            {
                return await select(item, stop.Token);
            }
            finally
            {
                slots.Release();
            }
        }

        async Task<TResult> NextAsync()
        {
            try
            {
                return await begun.Dequeue();
            }
            catch (Exception e) when (e is BudgetSpentException or ModelException)
            {
                // What others are waiting for is paid: let it come, and be kept.
                await Task.WhenAll((IEnumerable<Task>)begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }
    }
}
