using AgentScaler.Storage;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace AgentScaler.Azure.Rows;

/// <summary>Rows in one table of Azure Table Storage: an entity a row, one entity group transaction a batch.</summary>
internal sealed class TableRowService : IRowService
{
    /// <summary>Bytes of a transaction's frame and headers around one entity.</summary>
    private const int FrameBytes = 2048;

    /// <summary>A key stands in the address, percent-encoded, and in the body, escaped.</summary>
    private const int BytesOfKeyCharacter = 15;

    private readonly TableClient table;

    private TableRowService(TableClient table) => this.table = table;

    /// <inheritdoc/>
    public string Place => $"table '{table.AccountName}/{table.Name}'";

    /// <inheritdoc/>
    public int BatchBytes => TableLimits.BatchBytes;

    /// <summary>Opens a table, creating it if needed.</summary>
    /// <exception cref="StoreException">The account can't be reached, or the identity may not use it.</exception>
    public static async Task<TableRowService> OpenAsync(StorageAccount account, string table, CancellationToken cancellationToken)
    {
        var service = new TableRowService(account.Tables.GetTableClient(table));
        await AzureFault.Guard(() => service.table.CreateIfNotExistsAsync(cancellationToken), "open the state rows", service.Place, cancellationToken);
        return service;
    }

    /// <inheritdoc/>
    public bool Fits(string value) => TableRowEntity.Fits(value) && JsonBytes.AtMost(value) < BatchBytes / 2;

    /// <inheritdoc/>
    public int SentBytes(string partition, string key, string? value) =>
        FrameBytes + (BytesOfKeyCharacter * (partition.Length + key.Length)) + (value is null ? 0 : JsonBytes.AtMost(value));

    /// <inheritdoc/>
    public async Task<StoredRow?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return found.HasValue ? TableRowEntity.Read(found.Value!) : null;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredRow> ListAsync(
        string partition, string keyPrefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = (keyPrefix, KeyRange.After(keyPrefix)) switch
        {
            ("", _) => TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
            (_, null) => TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {keyPrefix}"),
            (_, { } after) => TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {keyPrefix} and RowKey lt {after}"),
        };
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return TableRowEntity.Read(entity);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, RowVersion>> VersionsAsync(string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var wanted = new SortedSet<string>(keys, StringComparer.Ordinal);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {wanted.Min} and RowKey le {wanted.Max}");
        var versions = new Dictionary<string, RowVersion>(StringComparer.Ordinal);
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, select: TableRowEntity.VersionProperties, cancellationToken: cancellationToken))
        {
            if (wanted.Contains(entity.RowKey))
            {
                versions.Add(entity.RowKey, TableRowEntity.VersionOf(entity));
            }
        }

        return versions;
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(string partition, IReadOnlyList<RowAction> actions, CancellationToken cancellationToken)
    {
        var transaction = actions.Select(action => Transaction(partition, action)).ToList();
        TableLimits.Check(transaction);
        var attempts = new AttemptPolicy.Attempts();
        using var scope = AttemptPolicy.Count(attempts);
        try
        {
            var answers = (await table.SubmitTransactionAsync(transaction, cancellationToken)).Value;
            return new Submission([.. answers.Select((answer, i) => actions[i].IsDelete ? null : answer.Headers.ETag?.ToString())], attempts.Count > 1, null);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412 || (e.Status == 404 && e.ErrorCode == TableErrorCode.ResourceNotFound))
        {
            return new Submission(null, attempts.Count > 1, $"{e.Status} {e.ErrorCode}");
        }
    }

    private static TableTransactionAction Transaction(string partition, RowAction action)
    {
        var entity = TableRowEntity.Write(partition, action);
        return action switch
        {
            { IsDelete: true } => new TableTransactionAction(TableTransactionActionType.Delete, entity, new ETag(action.Expected!.Service)),
            { Expected: { } expected } => new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, new ETag(expected.Service)),
            _ => new TableTransactionAction(TableTransactionActionType.Add, entity),
        };
    }
}
