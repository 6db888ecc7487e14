namespace AgentScaler.ModelServers;

/// <summary>What a server lets in; beyond it requests are answered with 429 and the time to wait. Null: no limit.</summary>
public sealed record ServerLimits
{
    /// <summary>Requests let in within any minute. Those refused don't count.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens within any minute: a request's when it is let in, an answer's when it is made.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>Requests under way at once.</summary>
    public int? Concurrent { get; init; }
}
