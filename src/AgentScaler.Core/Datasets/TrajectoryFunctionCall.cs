using System.Text.Json;

namespace AgentScaler.Datasets;

/// <summary>What is called.</summary>
/// <param name="Arguments">A JSON object, not text.</param>
public sealed record TrajectoryFunctionCall(string Name, JsonElement Arguments);
