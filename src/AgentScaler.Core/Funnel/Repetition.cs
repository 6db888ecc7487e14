using System.Globalization;
using AgentScaler.Episodes;
using AgentScaler.Json;

namespace AgentScaler.Funnel;

/// <summary>
/// Severe repetition (paper: "severely repetitive reasoning", by n-grams), in what the agent says and reasons and in what it calls.
/// The share of repeated 4-grams is judged only in messages of at least <see cref="ShortestJudged"/> words: in a short list of alike
/// items a high share is ordinary language.
/// </summary>
internal static class Repetition
{
    /// <summary>Words a message needs before its share of repeated 4-grams says anything.</summary>
    public const int ShortestJudged = 40;

    public static Rejection? Check(EpisodeRecord episode, FunnelSettings settings)
    {
        for (var i = 0; i < episode.Messages.Count; i++)
        {
            var message = episode.Messages[i];
            if (message.Role == "assistant" && (Phrases(message.Content, settings) ?? Phrases(message.ReasoningContent, settings)) is { } detail)
            {
                return new(FunnelReasons.RepeatedPhrases, Attribution.Agent, $"message {i}: {detail}");
            }
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var call in episode.Calls)
        {
            var key = $"{call.Tool} {CanonicalJson.Write(call.Arguments)} {call.Result}";
            if ((counts[key] = counts.GetValueOrDefault(key) + 1) >= settings.MaximumSameCalls)
            {
                return new(
                    FunnelReasons.RepeatedCall,
                    Attribution.Agent,
                    $"{call.Tool} {CanonicalJson.Write(call.Arguments)} {settings.MaximumSameCalls} times with the same result");
            }
        }

        return null;
    }

    private static string? Phrases(string? text, FunnelSettings settings)
    {
        if (text is null)
        {
            return null;
        }

        var words = TextWords.Of(text);
        foreach (var (run, count) in TextWords.CountRuns(words, 8).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (count > settings.MaximumEightGramRepeats)
            {
                return $"'{run}' stands {count} times";
            }
        }

        if (words.Count < ShortestJudged)
        {
            return null;
        }

        var total = words.Count - 3;
        var share = 1 - (TextWords.CountRuns(words, 4).Count / (double)total);
        return share > settings.MaximumFourGramShare
            ? $"{(share * 100).ToString("0", CultureInfo.InvariantCulture)}% of its 4-grams are repeats"
            : null;
    }
}
