using System.Text.Json;

namespace AgentScaler.Tasks.Modelled;

/// <summary>A value that a model would rather have the user give.</summary>
/// <param name="Call">The 0-based gold call.</param>
/// <param name="Parameter">The argument.</param>
internal sealed record ProposedValue(int Call, string Parameter, JsonElement Value);
