using System.Text.Json;

namespace AgentScaler.Datasets;

/// <summary>A tool as the agent sees it, in OpenAI's shape.</summary>
/// <param name="Type">Always <c>function</c>.</param>
public sealed record TrajectoryTool(string Type, TrajectoryFunction Function);

/// <summary>The function behind a tool.</summary>
/// <param name="Parameters">JSON Schema of the arguments, without our internal <c>x-</c> keywords.</param>
public sealed record TrajectoryFunction(string Name, string Description, JsonElement Parameters);
