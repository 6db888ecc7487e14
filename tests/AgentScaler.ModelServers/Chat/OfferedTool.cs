using System.Text.Json;

namespace AgentScaler.ModelServers.Chat;

/// <summary>A function that a request offers to the model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does; null if not said.</param>
/// <param name="Parameters">The JSON schema of its arguments; null if not given.</param>
/// <param name="Strict">Whether arguments must fit the schema.</param>
public sealed record OfferedTool(string Name, string? Description, JsonElement? Parameters, bool Strict);
