using AgentScaler.Storage;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace AgentScaler.Azure;

/// <summary>
/// The clients of one Azure Storage account, by connection string (Azurite) or by identity. Requests that fail in passing (408, 429, 5xx, no answer,
/// broken connections) are sent again up to <see cref="MostRetries"/> times, with growing pauses or as the service asks.
/// </summary>
public sealed class StorageAccount
{
    private const int MostRetries = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromSeconds(60);

    private StorageAccount(BlobServiceClient blobs, TableServiceClient tables)
    {
        Blobs = blobs;
        Tables = tables;
    }

    internal BlobServiceClient Blobs { get; }

    internal TableServiceClient Tables { get; }

    /// <summary>An account by its connection string, as of Azurite.</summary>
    /// <param name="configure">Changes the clients' options: retries, policies, logging.</param>
    /// <exception cref="StoreException">The connection string is none.</exception>
    public static StorageAccount Connect(string connectionString, Action<ClientOptions>? configure = null)
    {
        try
        {
            return new StorageAccount(
                new BlobServiceClient(connectionString, Options(new BlobClientOptions(), configure)),
                new TableServiceClient(connectionString, Options(new TableClientOptions(), configure)));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // The message stays ours: the client's may quote parts of the secret.
            throw new StoreException(
                $"setting {StoreSettings.ConnectionStringName} is no connection string of a storage account; expected AccountName=...;AccountKey=...;BlobEndpoint=...;TableEndpoint=..., or UseDevelopmentStorage=true");
        }
    }

    /// <summary>An account by its name, with an identity.</summary>
    /// <param name="suffix">The cloud's domain of storage accounts, such as <c>core.windows.net</c>.</param>
    /// <param name="configure">Changes the clients' options: retries, policies, logging.</param>
    public static StorageAccount Connect(string account, string suffix, TokenCredential credential, Action<ClientOptions>? configure = null) => new(
        new BlobServiceClient(new Uri($"https://{account}.blob.{suffix}"), credential, Options(new BlobClientOptions(), configure)),
        new TableServiceClient(new Uri($"https://{account}.table.{suffix}"), credential, Options(new TableClientOptions(), configure)));

    private static T Options<T>(T options, Action<ClientOptions>? configure)
        where T : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = MostRetries;
        options.Retry.Delay = FirstPause;
        options.Retry.MaxDelay = LongestPause;
        options.Retry.NetworkTimeout = LongestAttempt;
        options.AddPolicy(new AttemptPolicy(), HttpPipelinePosition.PerRetry);
        options.AddPolicy(new MeterPolicy(), HttpPipelinePosition.PerRetry);
        configure?.Invoke(options);
        return options;
    }
}
