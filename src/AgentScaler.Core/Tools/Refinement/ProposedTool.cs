using System.Text.Json;

namespace AgentScaler.Tools.Refinement;

/// <summary>A model's more explicit version of a tool.</summary>
internal sealed record ProposedTool(string Name, string Description, JsonElement Parameters, JsonElement? Returns);
