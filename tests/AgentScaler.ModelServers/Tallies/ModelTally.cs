namespace AgentScaler.ModelServers.Tallies;

/// <summary>What was asked of one model. Tokens are those of <see cref="ServerTally.Completed"/> requests; lost ones stand apart.</summary>
public sealed record ModelTally
{
    /// <summary>Requests that named the model.</summary>
    public long Requests { get; init; }

    /// <summary>Those answered whole.</summary>
    public long Completed { get; init; }

    /// <summary>Tokens of the requests answered.</summary>
    public long PromptTokens { get; init; }

    /// <summary>Tokens of the answers.</summary>
    public long CompletionTokens { get; init; }

    /// <summary>Tokens, of request and answer, of answers made that didn't arrive whole.</summary>
    public long LostTokens { get; init; }
}
