using System.Text.Json;

namespace AgentScaler.Environments.Packages;

/// <summary>A call of a given intent.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">A JSON object.</param>
public sealed record IntentCall(string Tool, JsonElement Arguments);
