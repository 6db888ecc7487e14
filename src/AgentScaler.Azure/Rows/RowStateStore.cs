using System.Runtime.CompilerServices;
using AgentScaler.Storage;

namespace AgentScaler.Azure.Rows;

/// <summary>
/// State rows in a service. Each change is conditional, those that the caller makes unconditional on what was read right before: so a change is
/// applied once although its answer was lost and it is sent again, and a value's blob goes exactly with its version.
/// A refusal is looked into: the row may bear our own mark (then it is done), or still be as expected (then it is sent again).
/// </summary>
internal sealed class RowStateStore(IRowService rows, SpilledValues spilled) : IStateStore, IStateSweep
{
    private const int MostSubmissions = 100;
    private const int MostReads = 20;
    private const int SpillsAtOnce = 8;

    /// <inheritdoc/>
    public async Task<StateRow?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        StateLimits.CheckKey("partition", partition);
        StateLimits.CheckKey("key", key);
        for (var reads = 0; reads < MostReads; reads++)
        {
            var row = await Guard(() => rows.GetAsync(partition, key, cancellationToken), "read", cancellationToken);
            if (row is null)
            {
                return null;
            }

            if (await ValueAsync(partition, row, cancellationToken) is { } value)
            {
                return new StateRow(partition, key, value, row.Version.Text);
            }

            // Replaced between the row and its blob: read what replaced it.
        }

        throw new StoreException($"state row '{partition}/{key}' in {rows.Place}: the blob of its value is missing");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StateRow> ListAsync(string partition, string keyPrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StateLimits.CheckKey("partition", partition);
        if (!StateLimits.BeginsKey(keyPrefix))
        {
            yield break;
        }

        await foreach (var row in AzureFault.Guard(rows.ListAsync(partition, keyPrefix, cancellationToken), "list state rows", rows.Place, cancellationToken))
        {
            var read = await ValueAsync(partition, row, cancellationToken) is { } value
                ? new StateRow(partition, row.Key, value, row.Version.Text)
                : await GetAsync(partition, row.Key, cancellationToken);
            if (read is not null)
            {
                yield return read;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string?>> WriteAsync(string partition, IReadOnlyList<StateWrite> writes, CancellationToken cancellationToken)
    {
        StateLimits.Check(partition, writes);
        var batch = new RowBatch(partition, writes, WriteMark.Next());
        if (batch.NeedsVersions)
        {
            batch.Plan(await VersionsAsync(batch, cancellationToken));
        }
        else
        {
            batch.Plan(RowBatch.NoVersions);
        }

        try
        {
            await SpillAsync(batch, cancellationToken);
            var etags = await SubmitAsync(batch, cancellationToken);
            await RemoveAsync(partition, batch.Replaced);
            return etags;
        }
        catch (StateConflictException)
        {
            await RemoveAsync(partition, batch.Spilled.Keys.Select(key => (key, batch.Mark)));
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0;
        await foreach (var (partition, key, mark) in spilled.ListAsync(before, cancellationToken))
        {
            var current = await Guard(() => rows.VersionsAsync(partition, [key], cancellationToken), "read", cancellationToken);
            if (current.GetValueOrDefault(key)?.Newest != mark)
            {
                await spilled.RemoveAsync(partition, key, mark);
                removed++;
            }
        }

        return removed;
    }

    private async Task<IReadOnlyList<string?>> SubmitAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        string? refusal = null;
        for (var submissions = 0; submissions < MostSubmissions; submissions++)
        {
            var actions = batch.Actions;
            if (actions.Count == 0)
            {
                return batch.NoETags;
            }

            var submission = await Guard(() => rows.SubmitAsync(batch.Partition, actions, cancellationToken), "write", cancellationToken);
            if (submission.ETags is { } etags)
            {
                return batch.ETagsOf(etags);
            }

            var current = await VersionsAsync(batch, cancellationToken);
            if (batch.WasApplied(current, submission.WasRepeated))
            {
                return batch.ETagsAmong(current);
            }

            batch.Plan(current);
            refusal = submission.Refusal;
        }

        throw new StoreException($"cannot write state rows of '{batch.Partition}' in {rows.Place}: refused {MostSubmissions} times ({refusal}); run again: finished work is kept");
    }

    private async Task SpillAsync(RowBatch batch, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(
            batch.TooLarge(rows),
            new ParallelOptions { MaxDegreeOfParallelism = SpillsAtOnce, CancellationToken = cancellationToken },
            async (write, token) => batch.Spilled[write.Key] = await Guard(
                () => spilled.WriteAsync(batch.Partition, write.Key, batch.Mark, write.Value!, token), "write a large value of", token));

    private async Task RemoveAsync(string partition, IEnumerable<(string Key, string Mark)> versions)
    {
        foreach (var (key, mark) in versions)
        {
            await spilled.RemoveAsync(partition, key, mark);
        }
    }

    private async Task<string?> ValueAsync(string partition, StoredRow row, CancellationToken cancellationToken) =>
        row.SpilledHash is null
            ? row.Value
            : await Guard(() => spilled.ReadAsync(partition, row, cancellationToken), "read a large value of", cancellationToken);

    private Task<IReadOnlyDictionary<string, RowVersion>> VersionsAsync(RowBatch batch, CancellationToken cancellationToken) =>
        Guard(() => rows.VersionsAsync(batch.Partition, batch.Keys, cancellationToken), "read", cancellationToken);

    private Task<T> Guard<T>(Func<Task<T>> request, string action, CancellationToken cancellationToken) =>
        AzureFault.Guard(request, $"{action} state rows", rows.Place, cancellationToken);
}
