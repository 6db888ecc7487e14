namespace AgentScaler.Tasks.Wording;

/// <summary>Something people want done with things, which a tool over a database may not be there for.</summary>
/// <param name="English">The deed, as somebody asks for it: <c>fax me the papers of {0}</c>; the word "me" stands for who asks, <c>{0}</c> for the thing.</param>
/// <param name="Chinese">The same; "我" stands for who asks.</param>
/// <param name="Signs">Stems of words; an environment that has one of them in a tool's name or description may be able to do it.</param>
internal sealed record LackedDeed(string English, string Chinese, IReadOnlyList<string> Signs)
{
    /// <summary>The deed, as the one who wants it says it.</summary>
    public string Asked(bool isChinese, string row) => (isChinese ? Chinese : English).Replace("{0}", row, StringComparison.Ordinal);

    /// <summary>The deed, as the one who is asked says it.</summary>
    public string Answered(bool isChinese, string row) => isChinese
        ? ChineseText.Tidy(Chinese.Replace("我", "您", StringComparison.Ordinal).Replace("{0}", row, StringComparison.Ordinal))
        : string.Join(' ', English.Split(' ').Select(word => word == "me" ? "you" : word)).Replace("{0}", row, StringComparison.Ordinal);
}
