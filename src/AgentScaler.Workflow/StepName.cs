namespace AgentScaler.Workflow;

/// <summary>A step's name and the version of its behaviour; a new version re-runs it and all that depends on it.</summary>
public sealed record StepName(string Name, int Version);
