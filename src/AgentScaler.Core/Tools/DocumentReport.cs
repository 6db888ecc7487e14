namespace AgentScaler.Tools;

/// <summary>What became of one document.</summary>
public sealed record DocumentReport
{
    /// <summary>SHA-256 of its bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The name people know it by, if the caller gave one.</summary>
    public string? Name { get; init; }

    /// <summary>The dialect it was recognised as, e.g. <c>openapi-3</c>, <c>openapi-2</c>, <c>mcp</c>, <c>unknown</c>.</summary>
    public required string Dialect { get; init; }

    /// <summary>Tools found in it.</summary>
    public required int Read { get; init; }

    /// <summary>Tools of it that were kept.</summary>
    public required int Kept { get; init; }

    /// <summary>Reason code to number of its rejected tools.</summary>
    public required SortedDictionary<string, int> Rejected { get; init; }

    /// <summary>What is wrong in it, at most <see cref="MaximumProblems"/> lines in the order found.</summary>
    public required IReadOnlyList<ImportProblem> Problems { get; init; }

    /// <summary>How many problems there are, listed or not.</summary>
    public required int ProblemCount { get; init; }

    /// <summary>Most problems listed of one document: a broken one must not drown the others.</summary>
    public const int MaximumProblems = 1000;
}
