using AgentScaler.Environments;
using AgentScaler.Graphs;
using AgentScaler.Models;

namespace AgentScaler.Campaigns.Steps;

/// <summary>What building environments reads of a campaign.</summary>
/// <param name="Builder">The model that prepares domains and makes environments; null if none does. The rest matters only to it.</param>
/// <param name="Graph">How dependencies are found and when they stand.</param>
/// <param name="Prompts">Names and versions of its prompts.</param>
internal sealed record EnvironmentStepSettings(EnvironmentSettings Environment, long Seed, ModelSettings? Builder, GraphSettings? Graph, IReadOnlyList<string>? Prompts);
