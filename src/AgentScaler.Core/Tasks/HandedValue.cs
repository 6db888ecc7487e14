using System.Text.Json;

namespace AgentScaler.Tasks;

/// <summary>A value that a call showed and a parameter of another tool takes, as the dependency graph has it.</summary>
/// <param name="Step">The 0-based call.</param>
/// <param name="Path">Where in its result the value stands.</param>
internal sealed record HandedValue(int Step, string Path, JsonElement Value);
