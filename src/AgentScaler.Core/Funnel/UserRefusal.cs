namespace AgentScaler.Funnel;

/// <summary>Whether a user's answer to a question for agreement is no agreement, found by its words.</summary>
internal static class UserRefusal
{
    /// <summary>What begins like a refusal and is none.</summary>
    private static readonly string[] Harmless = ["no problem", "no worries", "no objection", "not a problem", "not an issue", "no issue", "no need to ask", "don't worry", "没问题", "不客气", "不用问"];

    private static readonly string[] Openings = ["no", "nope", "not", "don't", "dont", "do not", "stop", "wait", "never", "please don't", "please do not", "不", "别", "先别", "否", "等"];

    /// <summary>What refuses anywhere in an answer, after a yes as well.</summary>
    private static readonly string[] Phrases =
        ["hold on", "rather not", "actually no", "actually, no", "on second thought", "changed my mind", "change my mind", "not yet", "please don't", "please do not", "don't do", "do not do", "keep it", "算了", "先不要", "不要删"];

    /// <summary>Whether the answer refuses, or puts off.</summary>
    public static bool Is(string answer)
    {
        var words = answer.TrimStart().Replace('’', '\'');
        return Phrases.Any(phrase => words.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            || (!Harmless.Any(harmless => StartsWith(words, harmless)) && Openings.Any(opening => StartsWith(words, opening)));
    }

    private static bool StartsWith(string text, string word) => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        && (text.Length == word.Length || !char.IsAscii(word[0]) || !char.IsLetterOrDigit(text[word.Length]));
}
