using AgentScaler.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;

namespace AgentScaler.Azure;

/// <summary>
/// Links to single blobs, for reading only, over HTTPS (Azurite: HTTP too), that end by themselves: signed with a key that the identity may ask for
/// (user delegation), or with the account's key where the connection string has one.
/// </summary>
public sealed class BlobArtifactLinks(StorageAccount account, string container, TimeProvider clock) : IArtifactLinks
{
    /// <summary>Clocks differ: a link works from a little before it was made.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly BlobContainerClient blobs = account.Blobs.GetBlobContainerClient(container);

    /// <inheritdoc/>
    public async Task<Uri?> LinkAsync(string name, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArtifactName.Check(name);
        var now = clock.GetUtcNow();
        var blob = blobs.GetBlobClient(name);
        var permission = new BlobSasBuilder(BlobSasPermissions.Read, now + lifetime)
        {
            BlobContainerName = blobs.Name,
            BlobName = name,
            Resource = "b",
            StartsOn = now - ClockSkew,
            Protocol = blob.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        if (blob.CanGenerateSasUri)
        {
            return blob.GenerateSasUri(permission);
        }

        var key = await AzureFault.Guard(
            () => account.Blobs.GetUserDelegationKeyAsync(permission.StartsOn, permission.ExpiresOn, cancellationToken),
            $"sign a link to artifact '{name}'",
            $"storage account '{account.Blobs.AccountName}'",
            cancellationToken);
        return new BlobUriBuilder(blob.Uri) { Sas = permission.ToSasQueryParameters(key.Value, account.Blobs.AccountName) }.ToUri();
    }
}
