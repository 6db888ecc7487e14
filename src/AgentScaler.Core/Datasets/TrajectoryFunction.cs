using System.Text.Json;

namespace AgentScaler.Datasets;

/// <summary>The function behind a tool.</summary>
/// <param name="Parameters">JSON Schema of the arguments, without our internal <c>x-</c> keywords.</param>
public sealed record TrajectoryFunction(string Name, string Description, JsonElement Parameters);
