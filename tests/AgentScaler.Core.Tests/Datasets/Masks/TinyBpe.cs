using System.Text;
using System.Text.RegularExpressions;
using AgentScaler.Datasets.Masks;
using Microsoft.ML.Tokenizers;

namespace AgentScaler.Core.Tests.Datasets.Masks;

/// <summary>A byte-level BPE tokenizer trained on a few texts: 256 bytes, some merges, the marks of a chat template as tokens of their own.</summary>
internal static class TinyBpe
{
    /// <summary>How byte-level tokenizers of this kind cut words: letters with what stands before them, digits one by one, signs, line ends.</summary>
    private static readonly Regex Pieces = new(@"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+");

    /// <summary>Trains.</summary>
    /// <param name="merges">Merges learnt; the vocabulary has as many tokens more than 256.</param>
    public static BpeTokenizer Train(IEnumerable<string> texts, int merges, params string[] special)
    {
        var words = new Dictionary<string, (List<string> Symbols, int Count)>(StringComparer.Ordinal);
        var split = new Regex("(" + string.Join('|', special.Select(Regex.Escape)) + ")");
        foreach (Match piece in texts.SelectMany(text => split.Split(text).Where(part => !special.Contains(part))).SelectMany(part => Pieces.Matches(part)))
        {
            var word = string.Concat(Encoding.UTF8.GetBytes(piece.Value).Select(Letter));
            words[word] = words.TryGetValue(word, out var known) ? known with { Count = known.Count + 1 } : ([.. word.Select(c => c.ToString())], 1);
        }

        var vocabulary = Enumerable.Range(0, 256).Select(i => Letter((byte)i).ToString()).ToList();
        var rules = new List<string>();
        while (rules.Count < merges)
        {
            var pair = words.Values.SelectMany(word => word.Symbols.Zip(word.Symbols.Skip(1), (a, b) => (a, b, word.Count)))
                .GroupBy(pair => (pair.a, pair.b)).OrderByDescending(group => group.Sum(pair => pair.Count)).ThenBy(group => group.Key.a + " " + group.Key.b, StringComparer.Ordinal).First().Key;
            rules.Add(pair.a + " " + pair.b);
            vocabulary.Add(pair.a + pair.b);
            foreach (var (symbols, _) in words.Values)
            {
                for (var i = symbols.Count - 2; i >= 0; i--)
                {
                    if (i + 1 < symbols.Count && symbols[i] == pair.a && symbols[i + 1] == pair.b)
                    {
                        symbols[i] += pair.b;
                        symbols.RemoveAt(i + 1);
                    }
                }
            }
        }

        var marks = special.Select((text, i) => KeyValuePair.Create(text, vocabulary.Count + i)).ToDictionary(StringComparer.Ordinal);
        return BpeTokenizer.Create(new BpeOptions(vocabulary.Distinct(StringComparer.Ordinal).Select((token, i) => KeyValuePair.Create(token, i)))
        {
            Merges = rules,
            ByteLevel = true,
            SpecialTokens = marks,
            PreTokenizer = new RegexPreTokenizer(Pieces, marks),
        });
    }

    /// <summary>Offsets in code points of tokens that say theirs in UTF-16; a token within a character has the character's.</summary>
    public static List<(int Start, int End)> Offsets(string text, IReadOnlyList<EncodedToken> tokens)
    {
        var starts = CodePoints.Starts(text);
        return [.. tokens.Select(token =>
        {
            var (start, end) = (token.Offset.Start.Value, token.Offset.End.Value);
            var first = Array.BinarySearch(starts, start) is >= 0 and var exact ? exact : ~Array.BinarySearch(starts, start) - 1;
            var last = Array.BinarySearch(starts, end) is >= 0 and var whole ? whole : ~Array.BinarySearch(starts, end);
            return (first, Math.Max(last, first + 1));
        })];
    }

    /// <summary>The printable letter that stands for a byte in byte-level vocabularies.</summary>
    private static char Letter(byte value)
    {
        if (IsPrintable(value))
        {
            return (char)value;
        }

        var place = 0;
        for (var i = 0; i < value; i++)
        {
            place += IsPrintable((byte)i) ? 0 : 1;
        }

        return (char)(256 + place);

        static bool IsPrintable(byte b) => b is >= 33 and <= 126 or >= 161 and <= 172 or >= 174;
    }
}
