namespace AgentScaler.Storage;

/// <summary>A store could not do its work: disk full, no access, no connection. The run stops with this message and can be resumed.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
