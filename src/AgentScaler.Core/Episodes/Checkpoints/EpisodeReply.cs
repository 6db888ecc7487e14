namespace AgentScaler.Episodes.Checkpoints;

/// <summary>One reply of an episode as it is kept: what the user said, or the agent's turn with what came of its calls, or that a party had no reply.</summary>
/// <param name="Said">The user's words; null if the agent replied.</param>
/// <param name="Turn">The agent's turn; null if the user spoke.</param>
/// <param name="Results">One for each call of the turn, in order; null if there was none.</param>
/// <param name="Failure">Why there is none; null if there is.</param>
public sealed record EpisodeReply(UserTurn? Said, AgentTurn? Turn, IReadOnlyList<CallOutcome>? Results, PartyFailure? Failure = null);
