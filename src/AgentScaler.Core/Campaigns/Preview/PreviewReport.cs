namespace AgentScaler.Campaigns.Preview;

/// <summary>What a few tasks of a campaign took, and what the whole of it will take if the rest is like them.</summary>
public sealed record PreviewReport
{
    /// <summary>What was tried.</summary>
    public required PreviewCounts Tried { get; init; }

    /// <summary>Why episodes were rejected, by reason.</summary>
    public required SortedDictionary<string, long> Rejected { get; init; }

    /// <summary>What each role that is a model's takes.</summary>
    public required IReadOnlyList<PreviewRole> Roles { get; init; }

    /// <summary>Mean seconds of an episode, with the other episodes beside it.</summary>
    public required double EpisodeSeconds { get; init; }

    /// <summary>What the whole campaign comes to.</summary>
    public required PreviewCounts Projected { get; init; }

    /// <summary>What it costs, USD at the prices of the endpoints; replies that are kept already included.</summary>
    public required decimal ProjectedUsd { get; init; }

    /// <summary>Tokens, in and out.</summary>
    public required long ProjectedTokens { get; init; }

    /// <summary>Hours of its episodes.</summary>
    public required double ProjectedHours { get; init; }

    /// <summary>Why the projection may be off, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
