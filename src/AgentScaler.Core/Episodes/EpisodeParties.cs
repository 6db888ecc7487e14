namespace AgentScaler.Episodes;

/// <summary>Who takes part in one attempt at an episode.</summary>
/// <param name="Faults">Where the parties enter the mistakes they make on purpose; models make none.</param>
public sealed record EpisodeParties(IUser User, IAgent Agent, FaultLog Faults);
