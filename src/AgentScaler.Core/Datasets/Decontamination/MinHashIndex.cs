using AgentScaler.Determinism;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// Finds sets like a given one: MinHash signatures in bands (Broder 1997; Leskovec, Rajaraman and Ullman, chapter 3) give candidates, whose Jaccard index is then
/// counted. With 24 bands of 3 a pair of index 0.7 is a candidate with probability 0.99995, one of 0.5 with 0.96. Memory: the sets, 8 bytes a value, and
/// about 50 bytes a band.
/// </summary>
internal sealed class MinHashIndex
{
    private const int Bands = 24;
    private const int Rows = 3;

    private static readonly ulong[] Salts = Draw();

    private readonly List<(ulong[] Values, int Item)> sets = [];
    private readonly Dictionary<ulong, List<int>> buckets = [];

    /// <summary>Adds a set.</summary>
    /// <param name="values">Distinct, sorted, not empty.</param>
    /// <param name="item">What it stands for.</param>
    public void Add(ulong[] values, int item)
    {
        sets.Add((values, item));
        foreach (var key in Keys(values))
        {
            if (!buckets.TryGetValue(key, out var bucket))
            {
                buckets[key] = bucket = new List<int>(1);
            }

            bucket.Add(sets.Count - 1);
        }
    }

    /// <summary>The set most like the given one, the first added among equals.</summary>
    /// <param name="threshold">The least Jaccard index that counts.</param>
    /// <returns>Item and index, or null if there is none.</returns>
    public (int Item, double Similarity)? Find(ulong[] values, double threshold)
    {
        if (sets.Count == 0)
        {
            return null;
        }

        var candidates = new SortedSet<int>();
        foreach (var key in Keys(values))
        {
            if (buckets.TryGetValue(key, out var bucket))
            {
                candidates.UnionWith(bucket);
            }
        }

        (int Item, double Similarity)? best = null;
        foreach (var candidate in candidates)
        {
            var similarity = Jaccard(values, sets[candidate].Values);
            if (similarity >= threshold && (best is null || similarity > best.Value.Similarity))
            {
                best = (sets[candidate].Item, similarity);
            }
        }

        return best;
    }

    private static double Jaccard(ulong[] a, ulong[] b)
    {
        int i = 0, j = 0, common = 0;
        while (i < a.Length && j < b.Length)
        {
            var order = a[i].CompareTo(b[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return (double)common / (a.Length + b.Length - common);
    }

    private static IEnumerable<ulong> Keys(ulong[] values)
    {
        for (var band = 0; band < Bands; band++)
        {
            var key = (ulong)band;
            for (var row = 0; row < Rows; row++)
            {
                var salt = Salts[(band * Rows) + row];
                var least = ulong.MaxValue;
                foreach (var value in values)
                {
                    least = Math.Min(least, WordHash.Mix(value ^ salt));
                }

                key = WordHash.Join(key, least);
            }

            yield return key;
        }
    }

    private static ulong[] Draw()
    {
        var random = new Seed("decontamination/minhash").Random();
        return [.. Enumerable.Range(0, Bands * Rows).Select(_ => random.NextBits())];
    }
}
