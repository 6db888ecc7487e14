namespace AgentScaler.Tools.Reading;

/// <summary>The problems of one document: each place once per kind, listed up to a cap, all counted.</summary>
internal sealed class ProblemList
{
    /// <summary>Longest excerpt of a document shown in a report line.</summary>
    private const int MaximumExcerpt = 200;

    private readonly HashSet<(string Code, string Place)> seen = [];
    private readonly List<ImportProblem> listed = [];

    public IReadOnlyList<ImportProblem> Listed => listed;

    public int Count => seen.Count;

    public void Add(string code, JsonPlace place, string found, string expected) => Add(code, place.ToString(), found, expected);

    public void Add(string code, string place, string found, string expected)
    {
        if (seen.Add((code, place)) && listed.Count < DocumentReport.MaximumProblems)
        {
            listed.Add(new ImportProblem(code, Excerpt(place), Excerpt(found), expected));
        }
    }

    /// <summary>A document's own words, short enough for a report line.</summary>
    public static string Excerpt(string text)
    {
        if (text.Length <= MaximumExcerpt)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaximumExcerpt - 1]) ? MaximumExcerpt - 1 : MaximumExcerpt;
        return text[..end] + "…";
    }
}
