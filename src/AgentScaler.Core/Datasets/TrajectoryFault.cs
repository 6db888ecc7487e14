namespace AgentScaler.Datasets;

/// <summary>A mistake made on purpose.</summary>
/// <param name="GoldCall">The 0-based gold call it was applied to; -1 if it was applied to none.</param>
public sealed record TrajectoryFault(string Kind, int GoldCall, string Detail);
