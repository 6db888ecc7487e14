using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Models;

/// <summary>
/// What a campaign may spend on models, over all its runs. A limit that is reached stops it before the next call: only calls under way can go over it. The campaign is
/// paused, and goes on once the limit is raised.
/// </summary>
public sealed record Budget
{
    /// <summary>USD at the endpoints' prices; without it no limit.</summary>
    [Range(0.0, 1e9)]
    public double? Usd { get; init; }

    /// <summary>Tokens, in and out; without it no limit.</summary>
    [Range(0L, long.MaxValue)]
    public long? Tokens { get; init; }

    /// <summary>Seconds of wall-clock time since a run asked its first model (on Functions: since an instance did); without it no limit.</summary>
    [Range(0.0, 1e9)]
    public double? Seconds { get; init; }
}
