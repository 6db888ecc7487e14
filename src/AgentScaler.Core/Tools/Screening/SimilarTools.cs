using System.Text.Json;

namespace AgentScaler.Tools.Screening;

/// <summary>
/// Finds tools that say the same in almost the same words. Similarity is the weighted share of words in common (Jaccard): a word of the name
/// weighs 5, a parameter 3, a word of the description 1; plural and singular are one word. Compared are tools that share all words of the name, or all
/// parameters and the whole description: others can't come near the threshold unless their descriptions are of a length that none has.
/// </summary>
internal sealed class SimilarTools
{
    /// <summary>Tools more similar than this are near-duplicates.</summary>
    private const double Threshold = 0.95;

    private readonly Dictionary<string, List<Entry>> buckets = new(StringComparer.Ordinal);

    /// <summary>Where the first tool stands that is all but the same, or null: then this one is noted.</summary>
    public string? FindOrAdd(string name, string description, JsonElement parameters, string place)
    {
        var entry = new Entry(
            [.. WithoutVersion(Words.Tokens(name)).Select(Words.Singular)],
            [.. parameters.GetProperty("properties").EnumerateObject().Select(property => property.Name)],
            [.. Words.Tokens(description).Select(Words.Singular)],
            place);
        string[] keys =
        [
            "n\n" + string.Join('\n', entry.Name.Order(StringComparer.Ordinal)),
            "d\n" + string.Join('\n', entry.Parameters.Order(StringComparer.Ordinal)) + "\n\n" + string.Join('\n', entry.Description.Order(StringComparer.Ordinal)),
        ];
        foreach (var key in keys)
        {
            if (buckets.GetValueOrDefault(key)?.Find(other => Similarity(entry, other) > Threshold) is { } similar)
            {
                return similar.Place;
            }
        }

        foreach (var key in keys)
        {
            if (!buckets.TryGetValue(key, out var bucket))
            {
                buckets[key] = bucket = [];
            }

            bucket.Add(entry);
        }

        return null;
    }

    /// <summary>Leaves out <c>v2</c> and the like: a later version of a tool is the same tool.</summary>
    private static IEnumerable<string> WithoutVersion(IReadOnlyList<string> words) =>
        words.Where((word, i) => word != "v" && !(i > 0 && words[i - 1] == "v" && char.IsAsciiDigit(word[0])));

    private static double Similarity(Entry a, Entry b)
    {
        var (common, all) = (0, 0);
        Count(a.Name, b.Name, 5);
        Count(a.Parameters, b.Parameters, 3);
        Count(a.Description, b.Description, 1);
        return all == 0 ? 1 : (double)common / all;

        void Count(HashSet<string> left, HashSet<string> right, int weight)
        {
            var shared = left.Count(right.Contains);
            common += weight * shared;
            all += weight * (left.Count + right.Count - shared);
        }
    }

    private sealed record Entry(HashSet<string> Name, HashSet<string> Parameters, HashSet<string> Description, string Place);
}
