using System.Text.Json;

namespace AgentScaler.Environments.Calls;

/// <summary>An argument drawn for a call.</summary>
/// <param name="Collection">For a key or reference: the collection it points into; otherwise null.</param>
public sealed record SampledArgument(string Parameter, ArgumentRole Role, string? Collection, JsonElement Value);
