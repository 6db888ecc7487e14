using AgentScaler.Episodes;

namespace AgentScaler.Datasets;

/// <summary>
/// A user's answer that says yes or no and nothing besides, found by its words: every one of them has to be known here, so that what names a thing, a number or a condition is no such answer.
/// </summary>
internal static class PlainAnswer
{
    private static readonly string[] Agreements =
    [
        "yes", "yes it is", "yes you may", "yeah", "yep", "yup", "sure", "sure thing", "ok", "okay", "correct", "right", "that is right", "that's right", "that is correct", "that's correct", "agreed", "i agree",
        "absolutely", "of course", "certainly", "definitely", "by all means", "go ahead", "you may go ahead", "do", "do it", "do that", "do so", "proceed", "go for it", "confirm", "confirmed", "i confirm", "sounds good",
        "fine", "that is fine", "that's fine", "all right", "alright", "no problem", "not a problem", "no worries", "no objection", "no objections",
        "好", "好的", "可以", "对", "对的", "是", "是的", "行", "同意", "确认", "继续", "办理", "没问题", "没有问题",
    ];

    private static readonly string[] Refusals =
    [
        "no", "nope", "not now", "not yet", "don't", "dont", "do not", "don't do it", "do not do it", "don't do that", "do not do that", "stop", "wait", "hold on", "never mind", "leave it", "leave it as it is", "keep it",
        "keep it as it is", "rather not", "i'd rather not", "i would rather not", "i changed my mind", "i've changed my mind",
        "不", "不用", "不用了", "不要", "不行", "不可以", "先不要", "先别", "别", "算了", "等等",
    ];

    private static readonly string[] Courtesies = ["please", "thanks", "thank you", "very much", "then", "now", "right away", "with it", "with that", "great", "perfect", "请", "吧", "谢谢", "谢谢你", "谢谢您", "麻烦了", "麻烦您了"];

    /// <summary>All of them as words, the longest first; courtesies mean nothing.</summary>
    private static readonly IReadOnlyList<(IReadOnlyList<string> Words, string? Meaning)> Known =
    [
        .. Agreements.Select(phrase => (TextWords.Of(phrase), (string?)"agreed")).Concat(Refusals.Select(phrase => (TextWords.Of(phrase), (string?)"refused")))
            .Concat(Courtesies.Select(phrase => (TextWords.Of(phrase), (string?)null))).OrderByDescending(phrase => phrase.Item1.Count),
    ];

    /// <summary>What an answer says.</summary>
    /// <returns><c>agreed</c> or <c>refused</c>; null where it says both, neither or something else, or asks.</returns>
    public static string? Of(string answer)
    {
        var words = TextWords.Of(answer);
        string? said = null;
        for (var at = 0; at < words.Count;)
        {
            var rest = words.Skip(at);
            var (phrase, meaning) = Known.FirstOrDefault(known => rest.Take(known.Words.Count).SequenceEqual(known.Words, StringComparer.Ordinal));
            if (phrase is null || (said is not null && meaning is not null && said != meaning))
            {
                return null;
            }

            said ??= meaning;
            at += phrase.Count;
        }

        return answer.AsSpan().IndexOfAny('?', '？') < 0 ? said : null;
    }
}
