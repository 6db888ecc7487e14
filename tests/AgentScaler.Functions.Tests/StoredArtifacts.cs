using AgentScaler.Determinism;
using AgentScaler.Storage;

namespace AgentScaler.Functions.Tests;

/// <summary>All that a store holds.</summary>
internal static class StoredArtifacts
{
    /// <summary>SHA-256 of each artifact's bytes, by name.</summary>
    public static async Task<SortedDictionary<string, string>> AllAsync(this IArtifactStore store)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var name in store.ListAsync(string.Empty, CancellationToken.None))
        {
            await using var stream = await store.OpenReadAsync(name, CancellationToken.None);
            all[name] = await Sha256Text.OfAsync(stream!, CancellationToken.None);
        }

        return all;
    }
}
