namespace AgentScaler.Datasets;

/// <summary>How hard a task has proved: what its stored episodes came to.</summary>
/// <param name="Trials">Episodes of the task, at least 1; those that an error of the user's or a tool's spoilt are not counted.</param>
/// <param name="Passed">Those that were kept, 0 to <paramref name="Trials"/>.</param>
/// <param name="Band"><c>easy</c>, <c>medium</c>, <c>hard</c> or <c>unsolved</c>.</param>
public sealed record TrajectoryDifficulty(int Trials, int Passed, string Band);
