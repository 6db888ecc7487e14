namespace AgentScaler.Datasets;

/// <summary>Seed paths of a trajectory.</summary>
public sealed record TrajectorySeeds(string Task, string Episode);
