using System.Text;

namespace AgentScaler.Episodes;

/// <summary>Cuts text into words for the n-gram rules: runs of letters and digits in lower case; ideographs and kana one by one.</summary>
internal static class TextWords
{
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var alone = StandsAlone(rune);
            if (alone || !Rune.IsLetterOrDigit(rune))
            {
                Flush();
            }

            if (alone)
            {
                words.Add(rune.ToString());
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(Rune.ToLowerInvariant(rune));
            }
        }

        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    /// <summary>Whether a word is an ideograph or kana.</summary>
    public static bool IsIdeograph(string word) => Rune.TryGetRuneAt(word, 0, out var rune) && StandsAlone(rune);

    private static bool StandsAlone(Rune rune) => rune.Value is (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>How often each run of <paramref name="length"/> words occurs; runs may overlap.</summary>
    public static Dictionary<string, int> CountRuns(IReadOnlyList<string> words, int length)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + length <= words.Count; i++)
        {
            var run = string.Join(' ', words.Skip(i).Take(length));
            counts[run] = counts.GetValueOrDefault(run) + 1;
        }

        return counts;
    }
}
