namespace AgentScaler.Episodes;

/// <summary>What an agent's message asks the user, found by its words.</summary>
internal static class AgentQuestion
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', '。', '！', '？', '\n'];
    private static readonly string[] Requests = ["please confirm", "请确认"];
    private static readonly string[] Needs =
        ["please tell", "please give", "please provide", "please share", "please specify", "let me know", "i need to know", "i still need", "i also need", "请告诉", "请提供", "请告知", "需要知道", "还需要"];

    /// <summary>Shorter words are in too many others.</summary>
    private const int ShortestWord = 3;

    /// <summary>Whether a message ends in a question other than for further wishes: then the user's next words are an answer.</summary>
    public static bool AsksBack(string text)
    {
        text = text.TrimEnd();
        return text is [.., '?' or '？'] && IsOfTheMatter(text[(text.TrimEnd('?', '？').LastIndexOfAny(SentenceEnds) + 1)..]);
    }

    /// <summary>Whether a message asks for agreement anywhere: by a question other than for further wishes, or a request to confirm.</summary>
    public static bool AsksForAgreement(string text) =>
        Requests.Any(request => text.Contains(request, StringComparison.OrdinalIgnoreCase)) || Questions(text).Any(IsOfTheMatter);

    /// <summary>Whether a message asks for a fact: by a question or in words for needing it, with what the fact's name ends in (the price of a unit price).</summary>
    public static bool AsksFor(string text, string name) =>
        (text.AsSpan().IndexOfAny('?', '？') >= 0 || Needs.Any(need => text.Contains(need, StringComparison.OrdinalIgnoreCase))) && Names(text, name);

    /// <summary>
    /// Whether a text has the last word of a name, in whatever form; one that ends in a short word has to stand there whole. A Chinese word is taken to be two ideographs.
    /// </summary>
    public static bool Names(string text, string name) => TextWords.Of(name) is [.., var first, var second] && TextWords.IsIdeograph(first) && TextWords.IsIdeograph(second)
        ? text.Contains(first + second, StringComparison.Ordinal)
        : TextWords.Of(name) is [.., { Length: >= ShortestWord } last]
        ? TextWords.Of(text).Any(word => word.StartsWith(last, StringComparison.Ordinal) || (word.Length > ShortestWord && last.StartsWith(word, StringComparison.Ordinal)))
        : text.Contains(name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Questions(string text)
    {
        var start = 0;
        for (var end = text.IndexOfAny(SentenceEnds); end >= 0; end = text.IndexOfAny(SentenceEnds, start))
        {
            if (text[end] is '?' or '？')
            {
                yield return text[start..end];
            }

            start = end + 1;
        }
    }

    private static bool IsOfTheMatter(string question) => !TextWords.Of(question).Any(word => word is "else" or "further" or "more") && !question.Contains("其他", StringComparison.Ordinal) && !question.Contains("别的", StringComparison.Ordinal);
}
