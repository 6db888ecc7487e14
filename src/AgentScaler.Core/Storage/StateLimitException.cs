namespace AgentScaler.Storage;

/// <summary>A key, value or batch is over a limit that every state store enforces; the message names the limit.</summary>
public sealed class StateLimitException(string message) : Exception(message);
