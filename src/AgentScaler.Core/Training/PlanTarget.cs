namespace AgentScaler.Training;

/// <summary>A target domain.</summary>
/// <param name="Environments">Its environments, sorted.</param>
public sealed record PlanTarget(string Domain, string Name, IReadOnlyList<string> Environments);
