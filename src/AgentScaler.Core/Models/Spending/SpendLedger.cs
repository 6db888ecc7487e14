using System.Text.Json;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Models.Spending;

/// <summary>
/// What a campaign spends on models. Each process keeps a row of its own in the state store, so that none overwrites another's; a call has ended when its cost is in that row. What other processes
/// spend is looked up once a second at most. Safe to use from many threads at once.
/// </summary>
public sealed class SpendLedger
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    private readonly IStateStore? store;
    private readonly TimeProvider clock;
    private readonly string partition;
    private readonly string key;
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Spend> mine = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim reading = new(1, 1);
    private SortedDictionary<string, Spend> others = new(StringComparer.Ordinal);
    private Spend total = new();
    private long version;
    private long written;
    private long? looked;

    private SpendLedger(IStateStore? store, TimeProvider clock, string partition, string key) =>
        (this.store, this.clock, this.partition, this.key) = (store, clock, partition, key);

    /// <summary>The partition of a campaign's rows.</summary>
    /// <param name="campaign">The hash of its identity.</param>
    public static string PartitionOf(string campaign) => "spend-" + campaign;

    /// <summary>Opens the ledger of a campaign for one run in this process.</summary>
    /// <param name="campaign">The hash of its identity.</param>
    /// <param name="process">Names this process: no other has the name, nor ever had. Only one ledger of a campaign is open in it.</param>
    /// <exception cref="StoreException">The store failed, or a row is damaged.</exception>
    public static async Task<SpendLedger> OpenAsync(IStateStore store, TimeProvider clock, string campaign, string process, CancellationToken cancellationToken)
    {
        var ledger = new SpendLedger(store, clock, PartitionOf(campaign), process);
        if (await store.GetAsync(ledger.partition, process, cancellationToken) is { } earlier)
        {
            Add(ledger.mine, Read(earlier));
        }

        await ledger.LookAsync(cancellationToken);
        return ledger;
    }

    /// <summary>A ledger that is kept nowhere, for calls of no campaign.</summary>
    public static SpendLedger Uncovered(TimeProvider clock) => new(null, clock, string.Empty, string.Empty);

    /// <summary>What a campaign has spent, as its rows say.</summary>
    /// <exception cref="StoreException">The store failed, or a row is damaged.</exception>
    public static async Task<SpendReport> ReadAsync(IStateStore store, string campaign, CancellationToken cancellationToken)
    {
        var roles = await SumAsync(store, PartitionOf(campaign), except: null, cancellationToken);
        return new SpendReport(roles, Sum(roles.Values));
    }

    /// <summary>What has been spent by all, as far as this process knows.</summary>
    public Spend Total
    {
        get
        {
            lock (gate)
            {
                return total;
            }
        }
    }

    /// <summary>What has been spent by all, role by role.</summary>
    public SpendReport Report()
    {
        lock (gate)
        {
            var roles = new SortedDictionary<string, Spend>(others, StringComparer.Ordinal);
            Add(roles, mine);
            return new SpendReport(roles, total);
        }
    }

    /// <summary>Adds to what a role's model has cost, and returns when that is kept.</summary>
    /// <exception cref="StoreException">The store failed; what was added counts all the same, and is kept with the next.</exception>
    public async Task AddAsync(string role, Spend spend, CancellationToken cancellationToken)
    {
        var until = Count(role, spend);
        if (store is null)
        {
            return;
        }

        await writing.WaitAsync(cancellationToken);
        try
        {
            // Whoever held the lock before may have written this one's part too.
            if (Volatile.Read(ref written) >= until)
            {
                return;
            }

            long now;
            string value;
            lock (gate)
            {
                (now, value) = (version, JsonSerializer.Serialize(mine, ArtifactJson.Options));
            }

            await store.WriteAsync(partition, [StateWrite.Put(key, value)], cancellationToken);
            Volatile.Write(ref written, now);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Adds what costs nothing (kept replies, attempts that failed); it is kept with the next that does.</summary>
    public long Count(string role, Spend spend)
    {
        lock (gate)
        {
            mine[role] = mine.GetValueOrDefault(role, new Spend()) + spend;
            total += spend;
            return ++version;
        }
    }

    /// <summary>Looks up what other processes have spent, if it is a second ago that somebody did.</summary>
    /// <exception cref="StoreException">The store failed, or a row is damaged.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (store is null || !IsStale() || !await reading.WaitAsync(0, cancellationToken))
        {
            return;
        }

        try
        {
            await LookAsync(cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    private bool IsStale()
    {
        lock (gate)
        {
            return looked is null || clock.GetElapsedTime(looked.Value) >= Glance;
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var kept = Volatile.Read(ref written);
        var found = await SumAsync(store!, partition, key, cancellationToken);
        var isGone = kept > 0 && await store!.GetAsync(partition, key, cancellationToken) is null;
        lock (gate)
        {
            if (isGone)
            {
                // The campaign was removed: what it had spent is no part of the one that is started under its identity again.
                mine.Clear();
            }

            others = found;
            total = Sum(others.Values) + Sum(mine.Values);
            looked = clock.GetTimestamp();
        }
    }

    private static async Task<SortedDictionary<string, Spend>> SumAsync(IStateStore store, string partition, string? except, CancellationToken cancellationToken)
    {
        var sums = new SortedDictionary<string, Spend>(StringComparer.Ordinal);
        await foreach (var row in store.ListAsync(partition, string.Empty, cancellationToken))
        {
            if (row.Key != except)
            {
                Add(sums, Read(row));
            }
        }

        return sums;
    }

    private static SortedDictionary<string, Spend> Read(StateRow row)
    {
        try
        {
            return JsonSerializer.Deserialize<SortedDictionary<string, Spend>>(row.Value, ArtifactJson.Options)!;
        }
        catch (JsonException e)
        {
            throw new StoreException($"state row '{row.Partition}/{row.Key}', {e.Path ?? "$"}: expected what roles have spent: {e.Message}", e);
        }
    }

    private static void Add(SortedDictionary<string, Spend> sums, SortedDictionary<string, Spend> spends)
    {
        foreach (var (role, spend) in spends)
        {
            sums[role] = sums.GetValueOrDefault(role, new Spend()) + spend;
        }
    }

    private static Spend Sum(IEnumerable<Spend> spends) => spends.Aggregate(new Spend(), (sum, spend) => sum + spend);
}
