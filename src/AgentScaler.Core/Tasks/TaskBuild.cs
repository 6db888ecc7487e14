namespace AgentScaler.Tasks;

/// <summary>The tasks of an environment and how they came about.</summary>
/// <param name="Tasks">In the order they were made.</param>
public sealed record TaskBuild(IReadOnlyList<TaskSpec> Tasks, TaskReport Report);
