namespace AgentScaler.Datasets;

/// <summary>A tool as the agent sees it, in OpenAI's shape.</summary>
/// <param name="Type">Always <c>function</c>.</param>
public sealed record TrajectoryTool(string Type, TrajectoryFunction Function);
