namespace AgentScaler.Episodes;

/// <summary>What an agent's message asks the user, found by its words.</summary>
internal static class AgentQuestion
{
    private static readonly char[] SentenceEnds = ['.', '!', '?', '。', '！', '？', '\n'];
    private static readonly string[] Requests = ["please confirm", "请确认"];

    /// <summary>Whether a message ends in a question other than for further wishes: then the user's next words are an answer.</summary>
    public static bool AsksBack(string text)
    {
        text = text.TrimEnd();
        return text is [.., '?' or '？'] && IsOfTheMatter(text[(text.TrimEnd('?', '？').LastIndexOfAny(SentenceEnds) + 1)..]);
    }

    /// <summary>Whether a message asks for agreement anywhere: by a question other than for further wishes, or a request to confirm.</summary>
    public static bool AsksForAgreement(string text) =>
        Requests.Any(request => text.Contains(request, StringComparison.OrdinalIgnoreCase)) || Questions(text).Any(IsOfTheMatter);

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

    private static bool IsOfTheMatter(string question) => !TextWords.Of(question).Any(word => word is "else" or "further" or "more");
}
