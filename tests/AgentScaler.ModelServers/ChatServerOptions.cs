using AgentScaler.ModelServers.Chat;
using AgentScaler.ModelServers.Faults;

namespace AgentScaler.ModelServers;

/// <summary>How a <see cref="ChatServer"/> answers.</summary>
public sealed record ChatServerOptions
{
    /// <summary>Makes the answers, for many requests at once; by default it says the last message again. What it throws is answered with 500.</summary>
    public Func<ChatRequest, CancellationToken, ValueTask<ChatAnswer>> Brain { get; init; } =
        static (request, _) => ValueTask.FromResult(ChatAnswer.Text(request.Messages[^1].Content ?? ""));

    /// <summary>Which requests fail.</summary>
    public FaultPlan Faults { get; init; } = new();

    /// <summary>How many requests and tokens are let in.</summary>
    public ServerLimits Limits { get; init; } = new();

    /// <summary>The least time from a request's arrival to its answer, the brain's own time within it; on this machine's clock.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The key that requests must carry, as bearer or in <c>api-key</c>; null for none.</summary>
    public string? RequiredKey { get; init; }

    /// <summary>Whether error messages quote the key that came, as those of some gateways do.</summary>
    public bool QuotesKey { get; init; }

    /// <summary>What <c>GET /models</c> lists. Where it names any, others are answered with 404.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The most tokens of a request and the answer it allows; listed as <c>max_model_len</c> (as vLLM does), enforced with 400. Null: no limit.</summary>
    public int? ContextLength { get; init; }

    /// <summary>Whether requests that break OpenAI's rules for messages and tools are answered with 400.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Numbers of an embedding, where the request doesn't say.</summary>
    public int EmbeddingSize { get; init; } = 64;

    /// <summary>The clock of limits, dates and <c>created</c>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
