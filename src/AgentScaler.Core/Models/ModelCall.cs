namespace AgentScaler.Models;

/// <summary>Which of many calls a call is: calls that ask the same and differ here get replies of their own.</summary>
/// <param name="Trial">0-based trial of the task; 0 where there are no trials.</param>
/// <param name="Ordinal">0-based number of the call among those of its role for the same episode, environment or batch.</param>
/// <param name="SamplingSeed">Asks the endpoint to sample by this seed, where the role's settings say so; null to leave it out.</param>
public readonly record struct ModelCall(int Trial, int Ordinal, long? SamplingSeed = null);
