namespace AgentScaler.Episodes.Checkpoints;

/// <summary>Another runner took the episode, since this one's lease had expired; what it has is in the store.</summary>
public sealed class LeaseLostException(string episode, Exception inner) : Exception($"{episode}: another runner took it over", inner);
