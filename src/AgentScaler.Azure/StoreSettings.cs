using AgentScaler.Storage;

namespace AgentScaler.Azure;

/// <summary>
/// Which stores a campaign uses, and how they are reached. No record, so that nothing prints its secrets by accident.
/// Names are those of the environment variables or app settings; what is not set has the default given here.
/// </summary>
public sealed class StoreSettings
{
    /// <summary>The storage account's name; then an identity is used (managed identity, workload identity, Azure CLI, ...).</summary>
    public const string AccountName = "AGENTSCALER_STORAGE_ACCOUNT";

    /// <summary>The storage account's connection string, for Azurite; instead of <see cref="AccountName"/>.</summary>
    public const string ConnectionStringName = "AGENTSCALER_STORAGE_CONNECTION_STRING";

    /// <summary>The domain of storage accounts in clouds other than the public one.</summary>
    public const string SuffixName = "AGENTSCALER_STORAGE_SUFFIX";

    /// <summary>The folder of artifacts and of <c>state.db</c>, for campaigns on one machine.</summary>
    public const string FolderName = "AGENTSCALER_STORE";

    /// <summary><c>sqlite</c>, <c>table</c> or <c>cosmos</c>.</summary>
    public const string StateName = "AGENTSCALER_STATE";

    /// <summary>The Cosmos account's endpoint.</summary>
    public const string CosmosEndpointName = "COSMOS_ENDPOINT";

    /// <summary>The Cosmos account's key, for emulators; without it an identity is used.</summary>
    public const string CosmosKeyName = "COSMOS_KEY";

    /// <summary>The client id of a user-assigned managed identity.</summary>
    public const string ClientIdName = "AZURE_CLIENT_ID";

    /// <summary>The storage account's name, or null.</summary>
    public string? Account { get; init; }

    /// <summary>The storage account's connection string, or null. A secret.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The domain of storage accounts.</summary>
    public string Suffix { get; init; } = "core.windows.net";

    /// <summary>The folder, or null.</summary>
    public string? Folder { get; init; }

    /// <summary>The state store; by default a table where there is an account, else SQLite.</summary>
    public StateKind State { get; init; }

    /// <summary>The Cosmos account's endpoint, or null.</summary>
    public Uri? CosmosEndpoint { get; init; }

    /// <summary>The Cosmos account's key, or null. A secret.</summary>
    public string? CosmosKey { get; init; }

    /// <summary>The managed identity's client id, or null for the system-assigned one.</summary>
    public string? ClientId { get; init; }

    /// <summary>The blob container of the artifacts.</summary>
    public string ArtifactContainer { get; init; } = "agentscaler";

    /// <summary>The blob container of values too large for a row.</summary>
    public string ValueContainer { get; init; } = "agentscaler-state";

    /// <summary>The table of state rows.</summary>
    public string Table { get; init; } = "agentscalerstate";

    /// <summary>The Cosmos database.</summary>
    public string CosmosDatabase { get; init; } = "agentscaler";

    /// <summary>The Cosmos container of state rows.</summary>
    public string CosmosContainer { get; init; } = "state";

    /// <summary>Where the artifacts are, for logs; no secret.</summary>
    public string Place => Account is not null ? $"storage account '{Account}'" : ConnectionString is not null ? "the storage account of the connection string" : $"folder '{Folder}'";

    internal bool HasAccount => Account is not null || ConnectionString is not null;

    /// <summary>Reads the settings.</summary>
    /// <param name="setting">Gives a setting's value, or null: environment variables or a host's configuration.</param>
    /// <exception cref="StoreException">One is missing, wrong, or at odds with another; the message names it.</exception>
    public static StoreSettings Read(Func<string, string?> setting)
    {
        string? Get(string name) => setting(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

        var account = Get(AccountName);
        var connectionString = Get(ConnectionStringName);
        var defaults = new StoreSettings();
        var settings = new StoreSettings
        {
            Account = account,
            ConnectionString = connectionString,
            Suffix = Get(SuffixName) ?? defaults.Suffix,
            Folder = Get(FolderName),
            State = StateOf(Get(StateName), account is not null || connectionString is not null),
            CosmosEndpoint = EndpointOf(Get(CosmosEndpointName)),
            CosmosKey = Get(CosmosKeyName),
            ClientId = Get(ClientIdName),
        };
        settings.Check();
        return settings;
    }

    /// <summary>Throws unless the stores that are asked for can be opened with these settings.</summary>
    /// <exception cref="StoreException">With the setting's name.</exception>
    internal void Check()
    {
        if (Account is not null && ConnectionString is not null)
        {
            throw new StoreException($"settings {AccountName} and {ConnectionStringName} are both there; expected one of them");
        }

        if (Account is not null && (Account.Length is < 3 or > 24 || Account.Any(c => c is not (>= 'a' and <= 'z' or >= '0' and <= '9'))))
        {
            throw new StoreException($"setting {AccountName}: expected a storage account's name of 3-24 lower-case letters and digits, found '{Account}'");
        }

        if (!HasAccount && Folder is null)
        {
            throw new StoreException(
                $"no artifact store is set; expected {AccountName} (with an identity), {ConnectionStringName} (Azurite) or {FolderName} (a folder on one machine)");
        }

        Require(State != StateKind.Sqlite || Folder is not null, FolderName, "sqlite", "the folder of state.db");
        Require(State != StateKind.Table || HasAccount, $"{AccountName} or {ConnectionStringName}", "table", "the account of the table");
        Require(State != StateKind.Cosmos || CosmosEndpoint is not null, CosmosEndpointName, "cosmos", "the account's address, such as https://name.documents.azure.com:443/");
        Require(State != StateKind.Cosmos || HasAccount, $"{AccountName} or {ConnectionStringName}", "cosmos", "the account of the values too large for an item");
    }

    private static void Require(bool isThere, string name, string state, string expected)
    {
        if (!isThere)
        {
            throw new StoreException($"setting {name} is missing; {StateName}={state} needs it: {expected}");
        }
    }

    private static StateKind StateOf(string? text, bool hasAccount) => text?.ToLowerInvariant() switch
    {
        null => hasAccount ? StateKind.Table : StateKind.Sqlite,
        "sqlite" => StateKind.Sqlite,
        "table" => StateKind.Table,
        "cosmos" => StateKind.Cosmos,
        _ => throw new StoreException($"setting {StateName}: expected sqlite, table or cosmos, found '{text}'"),
    };

    private static Uri? EndpointOf(string? text) => text is null
        ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "https" or "http"
            ? endpoint
            : throw new StoreException($"setting {CosmosEndpointName}: expected an address such as https://name.documents.azure.com:443/, found '{text}'");
}
