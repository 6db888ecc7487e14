namespace AgentScaler.Graphs;

/// <summary>A tool that is in no domain.</summary>
/// <param name="Tool">Its name.</param>
public sealed record Isolate(string Tool, IsolateReason Reason);
