namespace AgentScaler.Funnel;

/// <summary>What became of rejected episodes as halves of preference pairs.</summary>
/// <param name="Rejected">Episodes that were rejected by the agent's fault.</param>
/// <param name="Pairs">Those that stand in a pair.</param>
/// <param name="SameWords">Of these, those whose halves share their beginning word for word; the others in matter only.</param>
/// <param name="Impossible">The rejected ones that stand in none, by reason.</param>
public sealed record PairCounts(long Rejected, long Pairs, long SameWords, SortedDictionary<string, long> Impossible)
{
    /// <summary>None.</summary>
    public static PairCounts Empty { get; } = new(0, 0, 0, new SortedDictionary<string, long>(StringComparer.Ordinal));

    /// <summary>Adds up counts.</summary>
    public static PairCounts Sum(IEnumerable<PairCounts> parts)
    {
        long rejected = 0, pairs = 0, sameWords = 0;
        var impossible = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            rejected += part.Rejected;
            pairs += part.Pairs;
            sameWords += part.SameWords;
            foreach (var (reason, count) in part.Impossible)
            {
                impossible[reason] = impossible.GetValueOrDefault(reason) + count;
            }
        }

        return new PairCounts(rejected, pairs, sameWords, impossible);
    }
}
