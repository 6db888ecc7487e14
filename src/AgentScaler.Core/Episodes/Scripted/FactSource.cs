namespace AgentScaler.Episodes.Scripted;

/// <summary>Where a fact the user asks for stands in the results: the agent reads it there, it never knows gold's answer.</summary>
/// <param name="Slot">The call.</param>
/// <param name="Path">Dotted path in its result.</param>
internal sealed record FactSource(int Slot, string Path);
