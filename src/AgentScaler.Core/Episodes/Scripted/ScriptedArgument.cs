using System.Text.Json;

namespace AgentScaler.Episodes.Scripted;

/// <summary>One argument of a scripted call.</summary>
/// <param name="Value">Gold's value; passed as it is unless the argument comes from a result.</param>
/// <param name="Slot">The slot of the call whose actual result gives the value, or null.</param>
/// <param name="Path">Where in that result.</param>
internal sealed record ScriptedArgument(string Name, JsonElement Value, int? Slot = null, string? Path = null);
