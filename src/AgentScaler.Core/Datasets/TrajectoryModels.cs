namespace AgentScaler.Datasets;

/// <summary>Who played which role: a model's name, or <c>scripted</c>.</summary>
public sealed record TrajectoryModels(string User, string Agent);
