using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;
using Microsoft.Azure.Cosmos;

namespace AgentScaler.Azure.Rows;

/// <summary>
/// Rows in one container of Azure Cosmos DB for NoSQL, partitioned by <c>/partition</c>: an item a row, one transactional batch a batch.
/// The client itself repeats throttled requests only; what else fails in passing is repeated here, because only the caller can tell whether
/// a write whose answer was lost may be sent again: each is conditional, so all may.
/// </summary>
internal sealed class CosmosRowService : IRowService, IDisposable
{
    private const string PartitionPath = "/partition";
    private const int MostAttempts = 7;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    private readonly CosmosClient client;
    private readonly Container container;

    private CosmosRowService(CosmosClient client, Container container)
    {
        this.client = client;
        this.container = container;
    }

    /// <inheritdoc/>
    public string Place => $"Cosmos container '{client.Endpoint.Host}/{container.Database.Id}/{container.Id}'";

    /// <inheritdoc/>
    public int BatchBytes => CosmosLimits.BatchBytes;

    /// <summary>Opens a container. Database and container are created if needed, for which an identity needs more than the data role: in the cloud the infrastructure has made them.</summary>
    /// <param name="configure">Changes the client's options.</param>
    /// <exception cref="Storage.StoreException">The account can't be reached, or the identity may not use it.</exception>
    public static async Task<CosmosRowService> OpenAsync(
        StoreSettings settings, Lazy<TokenCredential> credential, Action<CosmosClientOptions>? configure, CancellationToken cancellationToken)
    {
        var options = new CosmosClientOptions { ApplicationName = "AgentScaler", CustomHandlers = { new CosmosMeter(settings.CosmosEndpoint!.Host) } };
        configure?.Invoke(options);
        var endpoint = settings.CosmosEndpoint!.ToString();
        var client = settings.CosmosKey is { } key ? new CosmosClient(endpoint, key, options) : new CosmosClient(endpoint, credential.Value, options);
        try
        {
            return await AzureFault.Guard(
                async () =>
                {
                    var database = client.GetDatabase(settings.CosmosDatabase);
                    if ((await database.ReadStreamAsync(cancellationToken: cancellationToken)).StatusCode == HttpStatusCode.NotFound)
                    {
                        database = (await client.CreateDatabaseIfNotExistsAsync(settings.CosmosDatabase, cancellationToken: cancellationToken)).Database;
                    }

                    var container = database.GetContainer(settings.CosmosContainer);
                    if ((await container.ReadContainerStreamAsync(cancellationToken: cancellationToken)).StatusCode == HttpStatusCode.NotFound)
                    {
                        container = (await database.CreateContainerIfNotExistsAsync(
                            settings.CosmosContainer, PartitionPath, cancellationToken: cancellationToken)).Container;
                    }

                    return new CosmosRowService(client, container);
                },
                "open the state rows",
                $"Cosmos container '{client.Endpoint.Host}/{settings.CosmosDatabase}/{settings.CosmosContainer}'",
                cancellationToken);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Fits(string value) => JsonBytes.AtMost(value) <= CosmosLimits.ValueBytes;

    /// <inheritdoc/>
    public int SentBytes(string partition, string key, string? value) =>
        CosmosLimits.FrameBytes + JsonBytes.AtMost(partition) + (2 * JsonBytes.AtMost(key)) + (value is null ? 0 : JsonBytes.AtMost(value));

    /// <inheritdoc/>
    public async Task<StoredRow?> GetAsync(string partition, string key, CancellationToken cancellationToken)
    {
        var (answer, _) = await RepeatAsync(() => container.ReadItemStreamAsync(key, new PartitionKey(partition), cancellationToken: cancellationToken), cancellationToken);
        using (answer)
        {
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            answer.EnsureSuccessStatusCode();
            using var item = await JsonDocument.ParseAsync(answer.Content, cancellationToken: cancellationToken);
            return CosmosRowItem.Read(item.RootElement, Place);
        }
    }

    /// <summary>A partition is an episode's rows or an index of campaigns and fits into memory: sorted here, it needs no order from the service.</summary>
    public async IAsyncEnumerable<StoredRow> ListAsync(string partition, string keyPrefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new QueryDefinition("SELECT * FROM c WHERE c.partition = @partition AND STARTSWITH(c.id, @prefix)")
            .WithParameter("@partition", partition).WithParameter("@prefix", keyPrefix);
        var rows = await QueryAsync(partition, query, item => CosmosRowItem.Read(item, Place), cancellationToken);
        foreach (var row in rows.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            yield return row;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, RowVersion>> VersionsAsync(string partition, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, RowVersion>(StringComparer.Ordinal);
        if (keys is [var only])
        {
            // A point read costs less than a query, whatever the value weighs.
            if (await GetAsync(partition, only, cancellationToken) is { } row)
            {
                versions.Add(only, row.Version);
            }

            return versions;
        }

        var query = new QueryDefinition("SELECT c.id, c.marks, c.sha256, c._etag FROM c WHERE c.partition = @partition AND ARRAY_CONTAINS(@keys, c.id)")
            .WithParameter("@partition", partition).WithParameter("@keys", keys);
        foreach (var (key, version) in await QueryAsync(partition, query, item => (item.GetProperty("id").GetString()!, CosmosRowItem.VersionOf(item, Place)), cancellationToken))
        {
            versions.Add(key, version);
        }

        return versions;
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(string partition, IReadOnlyList<RowAction> actions, CancellationToken cancellationToken)
    {
        CosmosLimits.Check(partition, actions, this);
        if (actions is [var only])
        {
            var (answer, attempts) = await RepeatAsync(() => SendAsync(partition, only, cancellationToken), cancellationToken);
            using (answer)
            {
                if (IsRefusal(answer.StatusCode))
                {
                    return new Submission(null, attempts > 1, answer.StatusCode.ToString());
                }

                answer.EnsureSuccessStatusCode();
                return new Submission([only.IsDelete ? null : answer.Headers.ETag], attempts > 1, null);
            }
        }

        var (batch, sent) = await RepeatAsync(() => BatchOf(partition, actions).ExecuteAsync(cancellationToken), answer => answer.StatusCode, cancellationToken);
        using (batch)
        {
            if (IsRefusal(batch.StatusCode))
            {
                return new Submission(null, sent > 1, batch.StatusCode.ToString());
            }

            return batch.IsSuccessStatusCode
                ? new Submission([.. actions.Select((action, i) => action.IsDelete ? null : batch[i].ETag)], sent > 1, null)
                : throw new CosmosException(batch.ErrorMessage, batch.StatusCode, 0, batch.ActivityId, batch.RequestCharge);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound;

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
        or HttpStatusCode.Gone or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or (HttpStatusCode)449;

    private static Task<(ResponseMessage Answer, int Attempts)> RepeatAsync(Func<Task<ResponseMessage>> send, CancellationToken cancellationToken) =>
        RepeatAsync(send, answer => answer.StatusCode, cancellationToken);

    /// <summary>Sends until an answer comes that is not in passing, or no more attempts are left.</summary>
    private static async Task<(T Answer, int Attempts)> RepeatAsync<T>(Func<Task<T>> send, Func<T, HttpStatusCode> statusOf, CancellationToken cancellationToken)
        where T : IDisposable
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var answer = await send();
                if (attempt == MostAttempts || !IsPassing(statusOf(answer)))
                {
                    return (answer, attempt);
                }

                answer.Dispose();
            }
            catch (Exception e) when (attempt < MostAttempts && (e is HttpRequestException or IOException
                || (e is CosmosException failed && IsPassing(failed.StatusCode))
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)))
            {
                // Sent again below; the last attempt's fault is the caller's.
            }

            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), cancellationToken);
        }
    }

    private Task<ResponseMessage> SendAsync(string partition, RowAction action, CancellationToken cancellationToken)
    {
        var key = new PartitionKey(partition);
        var condition = new ItemRequestOptions { IfMatchEtag = action.Expected?.Service, EnableContentResponseOnWrite = false };
        return action switch
        {
            { IsDelete: true } => container.DeleteItemStreamAsync(action.Key, key, condition, cancellationToken),
            { Expected: not null } => container.ReplaceItemStreamAsync(CosmosRowItem.Write(partition, action), action.Key, key, condition, cancellationToken),
            _ => container.CreateItemStreamAsync(CosmosRowItem.Write(partition, action), key, condition, cancellationToken),
        };
    }

    private TransactionalBatch BatchOf(string partition, IReadOnlyList<RowAction> actions)
    {
        var batch = container.CreateTransactionalBatch(new PartitionKey(partition));
        foreach (var action in actions)
        {
            var condition = new TransactionalBatchItemRequestOptions { IfMatchEtag = action.Expected?.Service, EnableContentResponseOnWrite = false };
            batch = action switch
            {
                { IsDelete: true } => batch.DeleteItem(action.Key, condition),
                { Expected: not null } => batch.ReplaceItemStream(action.Key, CosmosRowItem.Write(partition, action), condition),
                _ => batch.CreateItemStream(CosmosRowItem.Write(partition, action), condition),
            };
        }

        return batch;
    }

    private async Task<List<T>> QueryAsync<T>(string partition, QueryDefinition query, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        using var pages = container.GetItemQueryStreamIterator(query, requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey(partition) });
        while (pages.HasMoreResults)
        {
            var (answer, _) = await RepeatAsync(() => pages.ReadNextAsync(cancellationToken), cancellationToken);
            using (answer)
            {
                answer.EnsureSuccessStatusCode();
                using var page = await JsonDocument.ParseAsync(answer.Content, cancellationToken: cancellationToken);
                found.AddRange(page.RootElement.GetProperty("Documents").EnumerateArray().Select(read));
            }
        }

        return found;
    }
}
