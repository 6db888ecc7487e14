namespace AgentScaler.ModelServers.Chat;

/// <summary>A call of a tool as it goes over the wire.</summary>
/// <param name="Id">What the tool's answer refers to.</param>
/// <param name="Name">The tool's name, known or not.</param>
/// <param name="Arguments">The arguments as raw text: JSON, or what a model took for it.</param>
public sealed record ChatCall(string Id, string Name, string Arguments);
