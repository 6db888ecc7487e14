using System.Runtime.CompilerServices;
using AgentScaler.Storage;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace AgentScaler.Azure;

/// <summary>
/// Artifacts as block blobs of one container; the name is the blob's. A blob appears with its last request, whole, and only if there is none
/// of that name (<c>If-None-Match: *</c>). It carries the mark of its write, so a creation whose answer was lost knows itself again.
/// </summary>
public sealed class BlobArtifactStore : IArtifactStore
{
    private readonly BlobContainerClient container;
    private readonly string place;

    private BlobArtifactStore(BlobContainerClient container)
    {
        this.container = container;
        place = $"blob container '{container.AccountName}/{container.Name}'";
    }

    /// <summary>Opens a container, creating it if needed.</summary>
    /// <exception cref="StoreException">The account can't be reached, or the identity may not use it.</exception>
    public static async Task<BlobArtifactStore> OpenAsync(StorageAccount account, string container, CancellationToken cancellationToken)
    {
        var store = new BlobArtifactStore(account.Blobs.GetBlobContainerClient(container));
        await AzureFault.Guard(
            () => store.container.CreateIfNotExistsAsync(cancellationToken: cancellationToken), "open the artifacts", store.place, cancellationToken);
        return store;
    }

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArtifactName.Check(name);
        cancellationToken.ThrowIfCancellationRequested();
        await using var upload = new BlobUpload(container.GetBlockBlobClient(name), WriteMark.Next());
        return await AzureFault.Guard(
            async () =>
            {
                await write(upload, cancellationToken);
                return await upload.TryCommitAsync(cancellationToken);
            },
            $"write artifact '{name}'",
            place,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Stream?> OpenReadAsync(string name, CancellationToken cancellationToken)
    {
        ArtifactName.Check(name);
        return await AzureFault.Guard<Stream?>(
            async () =>
            {
                try
                {
                    return (await container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
                }
                catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
                {
                    return null;
                }
            },
            $"read artifact '{name}'",
            place,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        ArtifactName.Check(name);
        return (await AzureFault.Guard(
            () => container.GetBlobClient(name).ExistsAsync(cancellationToken), $"look for artifact '{name}'", place, cancellationToken)).Value;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ArtifactName.Check(name);
        await AzureFault.Guard(
            () => container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken), $"delete artifact '{name}'", place, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArtifactName.CheckPrefix(prefix);

        // The service lists in the order of UTF-8 bytes, which for artifact names is the ordinal one.
        var blobs = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken);
        await foreach (var blob in AzureFault.Guard(blobs, "list the artifacts", place, cancellationToken))
        {
            yield return blob.Name;
        }
    }
}
