using System.Text;
using AgentScaler.Storage;
using Azure.Data.Tables;

namespace AgentScaler.Azure.Rows;

/// <summary>
/// The limits of Azure Table Storage (learn.microsoft.com, "Understanding the Table service data model" and "Performing entity group
/// transactions"). They are checked before anything is sent, because Azurite takes more and a campaign must not learn of them in the cloud.
/// </summary>
internal static class TableLimits
{
    /// <summary>Bytes of an entity with its keys and property names, text in UTF-16.</summary>
    public const int EntityBytes = 1024 * 1024;

    /// <summary>Bytes of one property, text in UTF-16.</summary>
    public const int PropertyBytes = 64 * 1024;

    /// <summary>Properties of an entity besides its keys and timestamp.</summary>
    public const int Properties = 252;

    /// <summary>Entities in one transaction.</summary>
    public const int BatchEntities = 100;

    /// <summary>Bytes of one transaction as it is sent.</summary>
    public const int BatchBytes = 4 * 1024 * 1024;

    private const int EntityOverhead = 4;
    private const int PropertyOverhead = 8;
    private const int OtherValue = 8;

    /// <summary>Throws unless the service takes the transaction.</summary>
    /// <exception cref="StateLimitException">It names the limit, the entity and what it has.</exception>
    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count > BatchEntities)
        {
            throw new StateLimitException($"Azure Table takes {BatchEntities} entities in one transaction, this one has {actions.Count}");
        }

        foreach (var entity in actions.Select(action => action.Entity).OfType<TableEntity>())
        {
            Check(entity);
        }

        if (actions.Select(action => action.Entity.PartitionKey).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            throw new StateLimitException("Azure Table takes entities of one partition in one transaction, this one names several");
        }
    }

    /// <summary>Throws unless the service takes the entity.</summary>
    /// <exception cref="StateLimitException">It names the limit, the entity and what it has.</exception>
    public static void Check(TableEntity entity)
    {
        var name = $"entity '{entity.PartitionKey}/{entity.RowKey}'";
        var bytes = EntityOverhead + Utf16(entity.PartitionKey) + Utf16(entity.RowKey);
        var properties = 0;
        foreach (var (property, value) in entity.Where(pair => pair.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")))
        {
            var size = value is string text ? Utf16(text) : OtherValue;
            properties++;
            bytes += PropertyOverhead + Utf16(property) + size;
            if (size > PropertyBytes)
            {
                throw new StateLimitException($"{name}: Azure Table takes {PropertyBytes} bytes in one property, {property} has {size}");
            }
        }

        if (properties > Properties)
        {
            throw new StateLimitException($"{name}: Azure Table takes {Properties} properties in one entity, this one has {properties}");
        }

        if (bytes > EntityBytes)
        {
            throw new StateLimitException($"{name}: Azure Table takes {EntityBytes} bytes in one entity, this one has {bytes}");
        }
    }

    private static int Utf16(string text) => Encoding.Unicode.GetByteCount(text);
}
