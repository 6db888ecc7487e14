using AgentScaler.Models;
using AgentScaler.Tasks;

namespace AgentScaler.Campaigns.Steps;

/// <summary>What building tasks reads of a campaign.</summary>
/// <param name="Builder">The model that words them; null if none does.</param>
/// <param name="Prompt">Name and version of its prompt.</param>
internal sealed record TaskStepSettings(TaskSettings Tasks, long Seed, ModelSettings? Builder, string? Prompt);
