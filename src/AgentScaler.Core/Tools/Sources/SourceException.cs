namespace AgentScaler.Tools.Sources;

/// <summary>A source can't be used: the message names it and says what was expected.</summary>
public sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner);
