using System.Runtime.CompilerServices;
using System.Text;
using AgentScaler.Determinism;
using AgentScaler.Storage;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace AgentScaler.Azure.Rows;

/// <summary>
/// Values too large for a row, as blobs <c>{hash of partition and key}/{mark of the write}</c>; the row holds the content's SHA-256. A blob
/// belongs to one version of one row, never to two (equal content is stored again), so it can go with its version. Order of a write: the blob,
/// the row, then the blob of the version before. A process killed in between leaves a blob that no row names; nobody reads
/// it, and as the blob says which row it was for, a sweep finds it.
/// </summary>
internal sealed class SpilledValues
{
    private const string PartitionName = "partition";
    private const string KeyName = "rowkey";

    private readonly BlobContainerClient container;

    private SpilledValues(BlobContainerClient container) => this.container = container;

    /// <summary>Opens a container, creating it if needed.</summary>
    /// <exception cref="StoreException">The account can't be reached, or the identity may not use it.</exception>
    public static async Task<SpilledValues> OpenAsync(StorageAccount account, string container, CancellationToken cancellationToken)
    {
        var client = account.Blobs.GetBlobContainerClient(container);
        await AzureFault.Guard(
            () => client.CreateIfNotExistsAsync(cancellationToken: cancellationToken),
            "open the spilled values",
            $"blob container '{client.AccountName}/{container}'",
            cancellationToken);
        return new SpilledValues(client);
    }

    /// <summary>Stores a value for a version that is about to be written.</summary>
    /// <returns>SHA-256 of the value.</returns>
    public async Task<string> WriteAsync(string partition, string key, string mark, string value, CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            Metadata = new SortedDictionary<string, string>(StringComparer.Ordinal) { [PartitionName] = Encode(partition), [KeyName] = Encode(key) },
        };
        await Blob(partition, key, mark).UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(value)), options, cancellationToken);
        return Sha256Text.Of(value);
    }

    /// <summary>Reads the value of a version; null if the version is gone.</summary>
    /// <exception cref="StoreException">The blob is not what its row says.</exception>
    public async Task<string?> ReadAsync(string partition, StoredRow row, CancellationToken cancellationToken)
    {
        try
        {
            var value = (await Blob(partition, row.Key, row.Version.Newest).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
            return Sha256Text.Of(value) == row.SpilledHash
                ? value
                : throw new StoreException($"state row '{partition}/{row.Key}': its value in blob container '{container.Name}' has other content than its hash says");
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes the value of a version that is no longer there.</summary>
    public async Task RemoveAsync(string partition, string key, string mark)
    {
        try
        {
            await Blob(partition, key, mark).DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
        }
        catch (Exception e) when (AzureFault.Is(e, CancellationToken.None))
        {
            // The row is written and stands; the blob is left as after a kill.
        }
    }

    /// <summary>The values that were written before a time, whether a row names them or not.</summary>
    public async IAsyncEnumerable<SpilledValue> ListAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var blobs = container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix: null, cancellationToken);
        await foreach (var blob in AzureFault.Guard(blobs, "list the spilled values", $"blob container '{container.AccountName}/{container.Name}'", cancellationToken))
        {
            // One without names is of an earlier version of the program; nothing can be known of it.
            if (blob.Properties.LastModified < before && blob.Metadata.TryGetValue(PartitionName, out var partition) && blob.Metadata.TryGetValue(KeyName, out var key))
            {
                yield return new SpilledValue(Decode(partition), Decode(key), blob.Name[(blob.Name.LastIndexOf('/') + 1)..]);
            }
        }
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Decode(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));

    private BlobClient Blob(string partition, string key, string mark) =>
        container.GetBlobClient($"{ContentId.Of("row", partition, key)}/{mark}");
}
