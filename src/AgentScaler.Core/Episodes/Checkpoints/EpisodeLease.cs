namespace AgentScaler.Episodes.Checkpoints;

/// <summary>Whose an episode is: the row that each checkpoint renews under its ETag, so that a runner who lost it can't write.</summary>
/// <param name="Owner">The runner.</param>
/// <param name="Expires">Until then nobody else may take the episode, unless its owner is known to be gone.</param>
/// <param name="Attempt">0-based attempt at the episode; the checkpoints of earlier ones count no more.</param>
/// <param name="HasEnded">The episode is over: it is nobody's any more, and its checkpoints hold all of it.</param>
public sealed record EpisodeLease(LeaseOwner Owner, DateTimeOffset Expires, int Attempt, bool HasEnded);
