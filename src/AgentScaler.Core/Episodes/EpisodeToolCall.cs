using System.Text.Json;

namespace AgentScaler.Episodes;

/// <summary>A tool call within an assistant message.</summary>
/// <param name="Id">Content-derived, unique in the episode.</param>
/// <param name="Arguments">A JSON object, or what the agent wrote instead: then a JSON string of it.</param>
public sealed record EpisodeToolCall(string Id, string Name, JsonElement Arguments);
