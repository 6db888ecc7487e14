namespace AgentScaler.Episodes.Checkpoints;

/// <summary>One reply of an episode as it is kept: what the user said, or the agent's turn with what came of its calls.</summary>
/// <param name="Said">The user's words; null if the agent replied.</param>
/// <param name="Turn">The agent's turn; null if the user spoke.</param>
/// <param name="Results">One for each call of the turn, in order; null if there was none.</param>
public sealed record EpisodeReply(string? Said, AgentTurn? Turn, IReadOnlyList<CallOutcome>? Results);
