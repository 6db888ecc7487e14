namespace AgentScaler.Datasets;

/// <summary>How hard a task has proved: what its stored episodes came to.</summary>
/// <param name="Trials">Episodes of the task that count; those that an error of the user's, a tool's or the task's spoilt do not. At least 1 in a kept trajectory.</param>
/// <param name="Passed">Those that passed every stage, 0 to <paramref name="Trials"/>; also those that only the quota of episodes with errors left out.</param>
/// <param name="Band"><c>easy</c>, <c>medium</c>, <c>hard</c> or <c>unsolved</c>; among rejected trajectories also <c>untried</c>, where no episode counts.</param>
public sealed record TrajectoryDifficulty(int Trials, int Passed, string Band);
