using System.Text.Json;

namespace AgentScaler.Episodes;

/// <summary>A call the agent wants made.</summary>
/// <param name="Tool">The tool's name; a name the environment does not know gives an error result.</param>
/// <param name="Arguments">A JSON object; what is no JSON is a JSON string of its text, and gives an error result too.</param>
public sealed record AgentCall(string Tool, JsonElement Arguments);
