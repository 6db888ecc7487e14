using System.Text;

namespace AgentScaler.ModelServers.Embeddings;

/// <summary>
/// Vectors of texts: each word (letters and digits, in lower case) adds to a few places that its hash names, with a sign; the sum is brought to length 1.
/// Texts with words in common point the same way.
/// </summary>
public static class WordVectors
{
    private const int PlacesPerWord = 4;

    /// <summary>The vector of a text; one without words points along the first axis.</summary>
    /// <param name="size">How many numbers, above 0.</param>
    public static float[] Of(string text, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var sums = new double[size];
        Span<byte> utf8 = stackalloc byte[4];
        var hash = FnvOffset;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                inWord = true;
                hash = Fnv(hash, utf8[..Rune.ToLowerInvariant(rune).EncodeToUtf8(utf8)]);
            }
            else if (inWord)
            {
                Add(sums, hash);
                (inWord, hash) = (false, FnvOffset);
            }
        }

        if (inWord)
        {
            Add(sums, hash);
        }

        return ToUnit(sums);
    }

    // FNV-1a of 64 bits, mixed by the finalizer of MurmurHash3, since the low bits of FNV alone follow the last letter.
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private static ulong Fnv(ulong hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * FnvPrime;
        }

        return hash;
    }

    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }

    private static void Add(double[] sums, ulong word)
    {
        for (var place = 0; place < PlacesPerWord; place++)
        {
            var bits = Mix(word + (ulong)place);
            sums[(int)((bits >> 1) % (ulong)sums.Length)] += (bits & 1) is 0 ? 1 : -1;
        }
    }

    private static float[] ToUnit(double[] sums)
    {
        var length = 0.0;
        foreach (var sum in sums)
        {
            length += sum * sum;
        }

        if (length is 0)
        {
            sums[0] = length = 1;
        }

        return Array.ConvertAll(sums, sum => (float)(sum / Math.Sqrt(length)));
    }
}
