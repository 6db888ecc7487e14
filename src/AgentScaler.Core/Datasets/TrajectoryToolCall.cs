namespace AgentScaler.Datasets;

/// <summary>A call within an assistant message.</summary>
/// <param name="Type">Always <c>function</c>.</param>
public sealed record TrajectoryToolCall(string Id, string Type, TrajectoryFunctionCall Function);
