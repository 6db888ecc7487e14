namespace AgentScaler.Cli;

/// <summary>The command was used wrongly in a way the parser can't see, e.g. a source that does not exist.</summary>
public sealed class UsageException(string message) : Exception(message);
