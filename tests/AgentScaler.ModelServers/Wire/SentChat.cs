using AgentScaler.ModelServers.Chat;

namespace AgentScaler.ModelServers.Wire;

/// <summary>An answer with what is written around it.</summary>
internal sealed record SentChat(string Id, long Created, ChatRequest Request, ChatAnswer Answer, ChatUsage Usage);
