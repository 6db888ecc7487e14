namespace AgentScaler.Tools.Reading;

/// <summary>What a document gave.</summary>
internal sealed record ReadDocument(string Sha256, string? Name, string Dialect, IReadOnlyList<ToolDraft> Drafts, ProblemList Problems)
{
    /// <summary>Whether it is of a dialect that is read.</summary>
    public required bool IsRead { get; init; }

    /// <summary>Whether it is a part of other documents.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether it is of a known syntax and does not follow it.</summary>
    public bool IsBroken => Dialect is DialectDetector.BrokenJson or DialectDetector.BrokenYaml;

    public DocumentReport Report(SortedDictionary<string, int> rejected) => new()
    {
        Sha256 = Sha256,
        Name = Name,
        Dialect = Dialect,
        Read = Drafts.Count,
        Kept = Drafts.Count - rejected.Values.Sum(),
        Rejected = rejected,
        Problems = Problems.Listed,
        ProblemCount = Problems.Count,
    };
}
