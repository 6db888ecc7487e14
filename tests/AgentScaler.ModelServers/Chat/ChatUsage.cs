namespace AgentScaler.ModelServers.Chat;

/// <summary>What an answer says that it used, in tokens.</summary>
/// <param name="Prompt">Tokens of the request, those from the cache included.</param>
/// <param name="Completion">Tokens of the answer, those of the reasoning included.</param>
/// <param name="Cached">Those of the request that came from the endpoint's cache.</param>
/// <param name="Reasoning">Those of the answer that were reasoning.</param>
public sealed record ChatUsage(long Prompt, long Completion, long Cached = 0, long Reasoning = 0);
