using System.Collections.Frozen;

namespace AgentScaler.Tasks.Wording;

/// <summary>Chinese for the common nouns of APIs, and for the words that go with them: our own list. Entries of several words are terms whose parts do not add up.</summary>
internal static class ChineseGlossary
{
    /// <summary>The most words of an entry.</summary>
    public const int LongestEntry = 2;

    /// <summary>English, singular and in lower case, a tab, Chinese; one entry a line.</summary>
    private const string Resource = "chinese-glossary.tsv";

    private static readonly FrozenDictionary<string, string> Chinese = Read().ToFrozenDictionary(entry => entry[0], entry => entry[1], StringComparer.Ordinal);

    /// <summary>How many entries there are.</summary>
    public static int Count => Chinese.Count;

    /// <summary>The Chinese of one entry; null if there is none.</summary>
    /// <param name="english">One word or two, singular and in lower case.</param>
    public static string? Find(string english) => Chinese.GetValueOrDefault(english);

    private static IEnumerable<string[]> Read()
    {
        using var stream = typeof(ChineseGlossary).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"the resource {Resource} is missing from the assembly");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split('\t');
        }
    }
}
