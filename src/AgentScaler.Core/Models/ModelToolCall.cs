namespace AgentScaler.Models;

/// <summary>A call in a model's reply.</summary>
/// <param name="Id">The endpoint's id of it.</param>
/// <param name="Name">The tool's name; any text.</param>
/// <param name="Arguments">The arguments as text: JSON where the model does it right.</param>
public sealed record ModelToolCall(string Id, string Name, string Arguments);
