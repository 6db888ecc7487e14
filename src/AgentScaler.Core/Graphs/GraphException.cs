namespace AgentScaler.Graphs;

/// <summary>A tool graph cannot be built as asked; the message says what to change.</summary>
public sealed class GraphException(string message) : Exception(message);
