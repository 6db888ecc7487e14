namespace AgentScaler.Storage;

/// <summary>A conditional write found another version than it expected; read again and decide anew.</summary>
public sealed class StateConflictException(string partition, string key, string expected)
    : Exception($"state row '{partition}/{key}': expected {expected}, but another writer was there first");
