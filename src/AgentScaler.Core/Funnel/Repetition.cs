using System.Globalization;
using AgentScaler.Episodes;
using AgentScaler.Json;

namespace AgentScaler.Funnel;

/// <summary>
/// Severe repetition (paper: "severely repetitive reasoning", by n-grams), in what the agent says and reasons and in what it calls.
/// Every hit names the message, the run of words or the calls, how often and where.
/// </summary>
internal static class Repetition
{
    /// <summary>
    /// Ideographs stand for a word where words have no spaces, but a Chinese word has 1.6 of them on average: where most of a text is written so, runs are as much longer.
    /// </summary>
    private const double IdeographsAWord = 1.6;

    public static Rejection? Check(EpisodeRecord episode, FunnelSettings settings)
    {
        for (var i = 0; i < episode.Messages.Count; i++)
        {
            var message = episode.Messages[i];
            if (message.Role == "assistant" && (Phrases(message.Content, "text", settings) ?? Phrases(message.ReasoningContent, "reasoning", settings)) is { } detail)
            {
                return new(FunnelReasons.RepeatedPhrases, Attribution.Agent, $"message {i}: {detail}");
            }
        }

        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var (i, call) in episode.Calls.Index())
        {
            var key = $"{call.Tool} {CanonicalJson.Write(call.Arguments)} {call.Result}";
            if (!places.TryGetValue(key, out var same))
            {
                places[key] = same = [];
            }

            same.Add(i);
            if (same.Count >= settings.MaximumSameCalls)
            {
                return new(
                    FunnelReasons.RepeatedCall,
                    Attribution.Agent,
                    $"{call.Tool} {CanonicalJson.Write(call.Arguments)} {settings.MaximumSameCalls} times with the same result: calls {string.Join(", ", same)}");
            }
        }

        return null;
    }

    private static string? Phrases(string? text, string where, FunnelSettings settings)
    {
        if (text is null)
        {
            return null;
        }

        var words = TextWords.Of(text);
        var scale = words.Count(TextWords.IsIdeograph) * 2 > words.Count ? IdeographsAWord : 1;
        var (eight, four, shortest) = (Scaled(8, scale), Scaled(4, scale), Scaled(settings.FourGramsFromWords, scale));
        if (words.Count >= eight && MostFrequent(words, eight) is { Count: var count } most && count > settings.MaximumEightGramRepeats)
        {
            return $"in its {where} '{most.Run}' stands {count} times, first at word {most.First + 1} (at most {settings.MaximumEightGramRepeats})";
        }

        if (words.Count < Math.Max(shortest, four))
        {
            return null;
        }

        var runs = TextWords.CountRuns(words, four);
        var share = 1 - (runs.Count / (double)(words.Count - four + 1));
        if (share <= settings.MaximumFourGramShare)
        {
            return null;
        }

        var (run, times, first) = MostFrequent(words, four);
        return $"{Percent(share)} of the {four}-grams of its {where} are repeats (at most {Percent(settings.MaximumFourGramShare)}), most often '{run}', {times} times, first at word {first + 1}";
    }

    /// <summary>The run that occurs most often, of several the first, with the place where it starts.</summary>
    private static (string Run, int Count, int First) MostFrequent(IReadOnlyList<string> words, int length)
    {
        var counts = TextWords.CountRuns(words, length);
        var count = counts.Values.Max();
        for (var first = 0; ; first++)
        {
            var run = string.Join(' ', words.Skip(first).Take(length));
            if (counts[run] == count)
            {
                return (run, count, first);
            }
        }
    }

    private static int Scaled(int words, double scale) => (int)Math.Round(words * scale, MidpointRounding.AwayFromZero);

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + "%";
}
