using System.Text.Json;

namespace AgentScaler.Datasets;

/// <summary>A call within an assistant message.</summary>
/// <param name="Type">Always <c>function</c>.</param>
public sealed record TrajectoryToolCall(string Id, string Type, TrajectoryFunctionCall Function);

/// <summary>What is called.</summary>
/// <param name="Arguments">A JSON object, not text.</param>
public sealed record TrajectoryFunctionCall(string Name, JsonElement Arguments);
