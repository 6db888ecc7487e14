using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>
/// What generated ids derive from: seed, collection, canonical arguments, place within the call, and how often a call with the same arguments committed
/// ids of that collection before. Reads and failed calls count for nothing, so they shift no id (pipeline.md, determinism contract).
/// </summary>
internal sealed class IdCounts(Seed seed)
{
    private const int HashDigits = 64;

    /// <summary>Hash of seed and arguments to how often each collection's ids were committed, by collection.</summary>
    private Dictionary<string, SortedDictionary<int, int>>? committed;

    /// <summary>A copy of the counts, to be kept outside.</summary>
    public SortedDictionary<string, SortedDictionary<int, int>> Export()
    {
        var copy = new SortedDictionary<string, SortedDictionary<int, int>>(StringComparer.Ordinal);
        foreach (var (hash, counts) in committed ?? [])
        {
            copy.Add(hash, new SortedDictionary<int, int>(counts));
        }

        return copy;
    }

    /// <summary>Takes over counts that were exported.</summary>
    public void Import(SortedDictionary<string, SortedDictionary<int, int>> exported)
    {
        committed = new Dictionary<string, SortedDictionary<int, int>>(StringComparer.Ordinal);
        foreach (var (hash, counts) in exported)
        {
            committed.Add(hash, new SortedDictionary<int, int>(counts));
        }
    }

    /// <summary>What an isolate needs for the ids of one call: <c>hash</c>, then <c> collection:count</c> for the counts above 0.</summary>
    public string For(JsonElement arguments)
    {
        var text = new StringBuilder();
        CanonicalJson.AppendString(text, seed.Path);
        CanonicalJson.Append(text, arguments);
        var hash = Sha256Text.Of(text.ToString());
        if (committed is null || !committed.TryGetValue(hash, out var counts))
        {
            return hash;
        }

        return hash + string.Concat(counts.Select(count => string.Create(CultureInfo.InvariantCulture, $" {count.Key}:{count.Value}")));
    }

    /// <summary>Counts a call that changed rows and was given ids in these collections.</summary>
    public void Commit(string id, IReadOnlyList<int> collections)
    {
        if (collections.Count == 0)
        {
            return;
        }

        var hash = id[..HashDigits];
        committed ??= new Dictionary<string, SortedDictionary<int, int>>(StringComparer.Ordinal);
        if (!committed.TryGetValue(hash, out var counts))
        {
            committed[hash] = counts = [];
        }

        foreach (var collection in collections)
        {
            counts[collection] = counts.GetValueOrDefault(collection) + 1;
        }
    }
}
