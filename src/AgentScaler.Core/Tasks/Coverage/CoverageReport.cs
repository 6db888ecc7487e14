using System.Text.Json.Serialization;

namespace AgentScaler.Tasks.Coverage;

/// <summary>What tasks were meant to cover and what they cover, in one environment or in all of a campaign.</summary>
public sealed record CoverageReport
{
    /// <summary>Tools of the environment.</summary>
    public int Tools { get; init; }

    /// <summary>Tools that some kept task calls.</summary>
    public int ToolsCovered { get; init; }

    /// <summary>Edges of the dependency graph between those tools: what one returns and another takes, once for each parameter.</summary>
    public int Edges { get; init; }

    /// <summary>Edges along which some kept task hands a value on.</summary>
    public int EdgesCovered { get; init; }

    /// <summary>Edges not counted above, since no task can go along them: from what writes to a thing to what removes it, which leaves nothing that proves the write, and from what removes a thing.</summary>
    public int EdgesInVain { get; init; }

    /// <summary>The tools that no kept task calls, sorted; empty for a campaign.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ToolsLeft { get; init; }

    /// <summary>The edges left, as <c>list_books -> get_book.book_id</c>, sorted; empty for a campaign.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? EdgesLeft { get; init; }

    /// <summary>Tasks by the number of gold calls.</summary>
    public SortedDictionary<int, int> ByLength { get; init; } = [];

    /// <summary>Tasks by kind (<see cref="TaskKinds"/>); a task can be of several.</summary>
    public SortedDictionary<string, int> ByKind { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Tasks wanted by kind, where a quota says so.</summary>
    public SortedDictionary<string, int> Planned { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Several environments together.</summary>
    public static CoverageReport Sum(IEnumerable<CoverageReport> reports)
    {
        var all = reports.ToList();
        var sum = new CoverageReport
        {
            Tools = all.Sum(report => report.Tools),
            ToolsCovered = all.Sum(report => report.ToolsCovered),
            Edges = all.Sum(report => report.Edges),
            EdgesCovered = all.Sum(report => report.EdgesCovered),
            EdgesInVain = all.Sum(report => report.EdgesInVain),
        };
        foreach (var report in all)
        {
            AddTo(sum.ByLength, report.ByLength);
            AddTo(sum.ByKind, report.ByKind);
            AddTo(sum.Planned, report.Planned);
        }

        return sum;
    }

    private static void AddTo<T>(SortedDictionary<T, int> sum, SortedDictionary<T, int> counts)
        where T : notnull
    {
        foreach (var (name, count) in counts)
        {
            sum[name] = sum.GetValueOrDefault(name) + count;
        }
    }
}
