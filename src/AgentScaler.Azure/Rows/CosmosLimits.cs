using AgentScaler.Storage;

namespace AgentScaler.Azure.Rows;

/// <summary>The limits of Azure Cosmos DB for NoSQL (learn.microsoft.com, "Service quotas and default limits"), checked before anything is sent.</summary>
internal static class CosmosLimits
{
    /// <summary>Bytes of an item as JSON.</summary>
    public const int ItemBytes = 2 * 1024 * 1024;

    /// <summary>Bytes of a request, and so of a transactional batch.</summary>
    public const int BatchBytes = 2 * 1024 * 1024;

    /// <summary>Actions in one transactional batch.</summary>
    public const int BatchActions = 100;

    /// <summary>Bytes of a value that still fits into an item, and an item into a request, with keys, marks and the service's own properties.</summary>
    public const int ValueBytes = ItemBytes - (32 * 1024);

    /// <summary>Bytes around one item: its property names, marks, the batch's frame.</summary>
    public const int FrameBytes = 1024;

    /// <summary>Throws unless the service takes the batch.</summary>
    /// <exception cref="StateLimitException">It names the limit and what the batch has.</exception>
    public static void Check(string partition, IReadOnlyList<RowAction> actions, IRowService service)
    {
        if (actions.Count > BatchActions)
        {
            throw new StateLimitException($"Azure Cosmos DB takes {BatchActions} actions in one transactional batch, this one has {actions.Count}");
        }

        var bytes = 0L;
        foreach (var action in actions)
        {
            var sent = service.SentBytes(partition, action.Key, action.Value);
            bytes += sent;
            if (sent > ItemBytes)
            {
                throw new StateLimitException($"item '{partition}/{action.Key}': Azure Cosmos DB takes {ItemBytes} bytes in one item, this one has up to {sent}");
            }
        }

        if (bytes > BatchBytes)
        {
            throw new StateLimitException($"batch in '{partition}': Azure Cosmos DB takes {BatchBytes} bytes in one request, this one has up to {bytes}");
        }
    }
}
