using System.Collections.Concurrent;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Models.Clients;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;

namespace AgentScaler.Campaigns;

/// <summary>The models of campaigns, each with its own ledger and budget, over what the process shares. There is one for a process.</summary>
/// <param name="host">What the process shares.</param>
/// <param name="state">Where ledgers are kept.</param>
/// <param name="replies">Where replies are kept.</param>
/// <param name="process">This process: its rows in ledgers are its own.</param>
/// <param name="operations">How a campaign, given by the hash of its identity, reaches its models and what it may spend; asked before each call.</param>
public sealed class CampaignModelSource(
    ModelHost host,
    IStateStore state,
    IArtifactStore replies,
    TimeProvider clock,
    LeaseOwner process,
    Func<string, CancellationToken, ValueTask<ModelOperations>> operations) : IModelSource
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Account>>> accounts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="StoreException">The ledger can't be read.</exception>
    public async ValueTask<CampaignModels> OpenAsync(string campaign, ModelsSettings settings, CancellationToken cancellationToken)
    {
        var hash = CampaignStore.HashIn(campaign);
        var wanted = await operations(hash, cancellationToken);
        var account = await AccountOf(hash);

        // Every step of a campaign opens the same few: clients hold instruments, which are never given back.
        var key = JsonSerializer.Serialize(new { settings, wanted.Endpoints, wanted.Replies }, ArtifactJson.Options);
        return account.Opened.GetOrAdd(key, _ => host.Open(settings, wanted.EndpointOf, wanted.Replies, replies, account.Ledger, account.Guard));
    }

    /// <summary>What a campaign has spent so far.</summary>
    /// <exception cref="StoreException">The ledger can't be read.</exception>
    public async Task<SpendReport> SpentAsync(string campaign, CancellationToken cancellationToken)
    {
        var account = await AccountOf(CampaignStore.HashIn(campaign));
        await account.Ledger.RefreshAsync(cancellationToken);
        return account.Ledger.Report();
    }

    /// <summary>What a campaign has spent so far, as far as this process knows; null if it asked no model yet.</summary>
    public Spend? SpentNow(string campaign) =>
        accounts.TryGetValue(CampaignStore.HashIn(campaign), out var account) && account.Value.IsCompletedSuccessfully ? account.Value.Result.Ledger.Total : null;

    private Task<Account> AccountOf(string hash)
    {
        // Not by the asker's token: whoever asks next gets the same account. One that could not be opened is opened anew.
        var account = accounts.GetOrAdd(hash, key => new Lazy<Task<Account>>(() => CreateAsync(key)));
        if (account.Value.IsFaulted)
        {
            accounts.TryRemove(KeyValuePair.Create(hash, account));
        }

        return account.Value;
    }

    private async Task<Account> CreateAsync(string hash)
    {
        var run = ContentId.Of("run", process.Machine, $"{process.Process}", $"{process.Started}");
        var ledger = await SpendLedger.OpenAsync(state, clock, hash, run, CancellationToken.None);
        return new Account(ledger, new BudgetGuard(ledger, async token => (await operations(hash, token)).Budget, clock));
    }

    private sealed record Account(SpendLedger Ledger, BudgetGuard Guard)
    {
        /// <summary>The models that were opened, by settings and endpoints.</summary>
        public ConcurrentDictionary<string, CampaignModels> Opened { get; } = new(StringComparer.Ordinal);
    }
}
