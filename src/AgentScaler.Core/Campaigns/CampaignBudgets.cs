using System.Collections.Concurrent;
using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Storage;

namespace AgentScaler.Campaigns;

/// <summary>What campaigns of an app may spend, in a state store: it can be raised while they run. A row a campaign in the partition <c>budgets</c>.</summary>
/// <param name="otherwise">What a campaign without a row may spend.</param>
public sealed class CampaignBudgets(IStateStore store, TimeProvider clock, Budget otherwise)
{
    /// <summary>The partition of the rows.</summary>
    public const string Partition = "budgets";

    /// <summary>Budgets are asked for before each call to a model; looking them up once a second is soon enough.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (Budget Budget, long Read)> known = new(StringComparer.Ordinal);

    /// <summary>Sets limits of what a campaign may spend; those that are not given stay as they are.</summary>
    /// <param name="campaign">The hash of its identity.</param>
    /// <exception cref="StoreException">The store failed.</exception>
    public async Task SetAsync(string campaign, Budget limits, CancellationToken cancellationToken)
    {
        var present = await GetAsync(campaign, cancellationToken);
        var budget = new Budget { Usd = limits.Usd ?? present.Usd, Tokens = limits.Tokens ?? present.Tokens, Seconds = limits.Seconds ?? present.Seconds };
        await store.WriteAsync(Partition, [StateWrite.Put(campaign, JsonSerializer.Serialize(budget, ArtifactJson.Options))], cancellationToken);
        known.TryRemove(campaign, out _);
    }

    /// <summary>What a campaign may spend, as it was at most a second ago.</summary>
    /// <param name="campaign">The hash of its identity.</param>
    /// <exception cref="StoreException">The store failed, or the row is damaged.</exception>
    public async ValueTask<Budget> GetAsync(string campaign, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(campaign, out var found) && clock.GetElapsedTime(found.Read) < Glance)
        {
            return found.Budget;
        }

        var read = clock.GetTimestamp();
        var budget = await store.GetAsync(Partition, campaign, cancellationToken) is { } row ? Read(row) : otherwise;
        known[campaign] = (budget, read);
        return budget;
    }

    private static Budget Read(StateRow row)
    {
        try
        {
            return JsonSerializer.Deserialize<Budget>(row.Value, ArtifactJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new StoreException($"state row '{row.Partition}/{row.Key}', {e.Path ?? "$"}: expected a budget: {e.Message}", e);
        }
    }
}
