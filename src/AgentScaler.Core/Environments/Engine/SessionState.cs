using AgentScaler.Json;

namespace AgentScaler.Environments.Engine;

/// <summary>The changed rows of a session over its environment's base rows, with the running sums of the state hash.</summary>
internal sealed class SessionState
{
    private readonly LoadedEnvironment environment;
    private readonly HashSum[] sums;

    /// <summary>The rows as the sums know them, where they differ by now: a row written often, or undone, is hashed only when the hash is asked for.</summary>
    private readonly Dictionary<(int Collection, string Key), StoredRow?> summed = [];
    private string? hash;

    /// <summary>Starts with the environment's initial state.</summary>
    public SessionState(LoadedEnvironment environment)
    {
        this.environment = environment;
        sums = [.. environment.Collections.Select(collection => collection.Sum)];
        Overlays = new Dictionary<string, StoredRow?>?[sums.Length];
        hash = environment.StateHash;
    }

    /// <summary>Per collection: key to row, or to null where the base row is deleted. No entry equals the base.</summary>
    public Dictionary<string, StoredRow?>?[] Overlays { get; }

    /// <summary>The state hash.</summary>
    public string Hash => hash ??= StateHashing.Of(environment, Sums());

    /// <summary>The row as it stands, or null.</summary>
    public StoredRow? Find(int collection, string key) =>
        Overlays[collection] is { } overlay && overlay.TryGetValue(key, out var row) ? row : environment.Collections[collection].Rows.GetValueOrDefault(key);

    /// <summary>Puts a row, or deletes it.</summary>
    /// <returns>Whether the state differs from before.</returns>
    public bool Set(int collection, string key, StoredRow? row)
    {
        var before = Find(collection, key);
        if (before?.Canonical == row?.Canonical)
        {
            return false;
        }

        summed.TryAdd((collection, key), before);
        hash = null;
        var overlay = Overlays[collection] ??= new Dictionary<string, StoredRow?>(StringComparer.Ordinal);
        if (environment.Collections[collection].Rows.GetValueOrDefault(key)?.Canonical == row?.Canonical)
        {
            overlay.Remove(key);
        }
        else
        {
            overlay[key] = row;
        }

        return true;
    }

    /// <summary>The changed rows, sorted by collection and key.</summary>
    public IEnumerable<(BaseCollection Collection, string Key, StoredRow? Row)> Changed()
    {
        for (var i = 0; i < Overlays.Length; i++)
        {
            if (Overlays[i] is { Count: > 0 } overlay)
            {
                foreach (var key in Sorted(overlay.Keys))
                {
                    yield return (environment.Collections[i], key, overlay[key]);
                }
            }
        }
    }

    /// <summary>The rows of a collection in key order.</summary>
    public IEnumerable<KeyValuePair<string, StoredRow>> Rows(BaseCollection collection)
    {
        IEnumerable<string> keys = collection.Keys;
        if (Overlays[collection.Index] is { Count: > 0 } overlay)
        {
            keys = Sorted(collection.Keys.Where(key => !overlay.ContainsKey(key)).Concat(overlay.Where(entry => entry.Value is not null).Select(entry => entry.Key)));
        }

        return keys.Select(key => KeyValuePair.Create(key, Find(collection.Index, key)!));
    }

    private HashSum[] Sums()
    {
        foreach (var ((collection, key), before) in summed)
        {
            sums[collection] += (Find(collection, key)?.Hash ?? default) - (before?.Hash ?? default);
        }

        summed.Clear();
        return sums;
    }

    private static string[] Sorted(IEnumerable<string> keys)
    {
        var sorted = keys.ToArray();
        Array.Sort(sorted, CanonicalJson.CompareKeys);
        return sorted;
    }
}
