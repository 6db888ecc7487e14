using AgentScaler.Graphs;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>64-bit hashes of words, runs of words and sets: the same on every machine.</summary>
internal static class WordHash
{
    private const ulong Base = 0x9E3779B97F4A7C15UL | 1;

    /// <summary>Of one word.</summary>
    public static ulong Of(string word) => Mix(Fnv1a.Hash(word));

    /// <summary>Of each word.</summary>
    public static ulong[] Of(IReadOnlyList<string> words)
    {
        var hashes = new ulong[words.Count];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Of(words[i]);
        }

        return hashes;
    }

    /// <summary>Of two hashes in this order.</summary>
    public static ulong Join(ulong left, ulong right) => Mix((left * Base) + right);

    /// <summary>Of hashes in their order.</summary>
    public static ulong Sequence(ReadOnlySpan<ulong> hashes)
    {
        var joined = (ulong)hashes.Length;
        foreach (var hash in hashes)
        {
            joined = Join(joined, hash);
        }

        return joined;
    }

    /// <summary>Of every run of a length, in order: a rolling hash, so that a text costs one step a word.</summary>
    public static IEnumerable<ulong> Runs(ulong[] words, int length)
    {
        var outgoing = 1UL;
        for (var i = 0; i < length; i++)
        {
            outgoing *= Base;
        }

        var rolling = 0UL;
        for (var i = 0; i < words.Length; i++)
        {
            rolling = (rolling * Base) + words[i];
            if (i >= length)
            {
                rolling -= words[i - length] * outgoing;
            }

            if (i >= length - 1)
            {
                yield return Mix(rolling + (ulong)length);
            }
        }
    }

    /// <summary>A set of hashes: distinct, sorted.</summary>
    public static ulong[] Set(IEnumerable<ulong> hashes)
    {
        var set = hashes.Distinct().ToArray();
        Array.Sort(set);
        return set;
    }

    /// <summary>The finaliser of splitmix64 (Steele, Lea and Flood 2014).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
