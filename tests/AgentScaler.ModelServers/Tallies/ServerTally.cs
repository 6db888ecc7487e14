using AgentScaler.ModelServers.Faults;

namespace AgentScaler.ModelServers.Tallies;

/// <summary>
/// What a server has counted so far. Of all requests that are over, each is one of <see cref="Completed"/>, <see cref="Rejected"/>,
/// <see cref="Limited"/>, <see cref="Failed"/>, <see cref="Abandoned"/> or <see cref="Faulted"/>. A request is counted before the last of its answer is sent,
/// so that whoever has an answer finds it counted.
/// </summary>
public sealed record ServerTally
{
    /// <summary>Requests that came, of any kind.</summary>
    public long Requests { get; init; }

    /// <summary>Answered whole with what was asked for; so are those with the faults that only disguise the answer.</summary>
    public long Completed { get; init; }

    /// <summary>Refused for what they were: no key, an unknown path or model, a body against the rules, a context too long.</summary>
    public long Rejected { get; init; }

    /// <summary>Refused by the limits.</summary>
    public long Limited { get; init; }

    /// <summary>Those whose brain threw: answered with 500.</summary>
    public long Failed { get; init; }

    /// <summary>Given up by the client before the last of the answer was sent, without a fault of ours.</summary>
    public long Abandoned { get; init; }

    /// <summary>Those that a fault of transport kept from their answer.</summary>
    public long Faulted { get; init; }

    /// <summary>The most requests under way at once. One that hangs, or that its client left, is not under way from then on.</summary>
    public int PeakConcurrent { get; init; }

    /// <summary>Requests let in within the last minute.</summary>
    public int RequestsInLastMinute { get; init; }

    /// <summary>Tokens of requests let in, and of answers made, within the last minute.</summary>
    public long TokensInLastMinute { get; init; }

    /// <summary>The most requests let in within any minute.</summary>
    public int PeakRequestsPerMinute { get; init; }

    /// <summary>The most tokens within any minute.</summary>
    public long PeakTokensPerMinute { get; init; }

    /// <summary>By model, in order of names.</summary>
    public required IReadOnlyDictionary<string, ModelTally> Models { get; init; }

    /// <summary>How often each fault of transport happened; kinds that didn't are absent.</summary>
    public required IReadOnlyDictionary<TransportFault, long> Transport { get; init; }

    /// <summary>How often each fault of meaning happened to an answer that went out whole; kinds that didn't are absent.</summary>
    public required IReadOnlyDictionary<SemanticFault, long> Semantic { get; init; }

    /// <summary>Tokens of all requests answered whole.</summary>
    public long PromptTokens => Models.Values.Sum(m => m.PromptTokens);

    /// <summary>Tokens of all answers that went out whole.</summary>
    public long CompletionTokens => Models.Values.Sum(m => m.CompletionTokens);

    /// <summary>Tokens of all answers made that didn't arrive whole.</summary>
    public long LostTokens => Models.Values.Sum(m => m.LostTokens);
}
