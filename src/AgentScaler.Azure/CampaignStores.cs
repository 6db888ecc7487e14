using AgentScaler.Azure.Rows;
using AgentScaler.Storage;
using Azure.Core;
using Azure.Identity;

namespace AgentScaler.Azure;

/// <summary>The two stores of a campaign, opened as <see cref="StoreSettings"/> say: the one place that chooses between this machine and the cloud.</summary>
public sealed class CampaignStores : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly string container;
    private StorageAccount? account;

    private CampaignStores(StoreSettings settings) => (StateKind, container) = (settings.State, settings.ArtifactContainer);

    /// <summary>The artifacts.</summary>
    public IArtifactStore Artifacts { get; private set; } = null!;

    /// <summary>The state rows.</summary>
    public IStateStore State { get; private set; } = null!;

    /// <summary>Removes what killed writers of state rows left.</summary>
    public IStateSweep Sweep => State as IStateSweep ?? new NoStateSweep();

    /// <summary>Where the state rows are.</summary>
    public StateKind StateKind { get; }

    /// <summary>Opens both stores; containers and tables that are not there are created.</summary>
    /// <param name="configure">Changes the options of the storage clients: retries, policies, logging.</param>
    /// <exception cref="StoreException">A setting is missing, an account can't be reached, or the identity may not use it.</exception>
    public static async Task<CampaignStores> OpenAsync(StoreSettings settings, Action<ClientOptions>? configure, CancellationToken cancellationToken)
    {
        settings.Check();
        var stores = new CampaignStores(settings);
        try
        {
            var credential = new Lazy<TokenCredential>(() => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = settings.ClientId }));
            var account = stores.account = Connect(settings, credential, configure);
            stores.Artifacts = account is null
                ? stores.Own(new FolderArtifactStore(Path.Combine(settings.Folder!, "artifacts")))
                : await BlobArtifactStore.OpenAsync(account, settings.ArtifactContainer, cancellationToken);
            stores.State = settings.State switch
            {
                StateKind.Sqlite => stores.Own(new SqliteStateStore(FolderFile(settings.Folder!, "state.db"))),
                StateKind.Table => new RowStateStore(
                    await TableRowService.OpenAsync(account!, settings.Table, cancellationToken),
                    await SpilledValues.OpenAsync(account!, settings.ValueContainer, cancellationToken)),
                _ => new RowStateStore(
                    stores.Own(await CosmosRowService.OpenAsync(settings, credential, configure: null, cancellationToken)),
                    await SpilledValues.OpenAsync(account!, settings.ValueContainer, cancellationToken)),
            };
            return stores;
        }
        catch
        {
            stores.Dispose();
            throw;
        }
    }

    /// <summary>Links to artifacts: none where they are in a folder.</summary>
    public IArtifactLinks LinksBy(TimeProvider clock) => account is null ? new NoArtifactLinks() : new BlobArtifactLinks(account, container, clock);

    /// <inheritdoc/>
    public void Dispose() => owned.ForEach(store => store.Dispose());

    private static StorageAccount? Connect(StoreSettings settings, Lazy<TokenCredential> credential, Action<ClientOptions>? configure) => settings switch
    {
        { ConnectionString: { } text } => StorageAccount.Connect(text, configure),
        { Account: { } name } => StorageAccount.Connect(name, settings.Suffix, credential.Value, configure),
        _ => null,
    };

    private static string FolderFile(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    private T Own<T>(T store)
        where T : IDisposable
    {
        owned.Add(store);
        return store;
    }
}
