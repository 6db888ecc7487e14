using AgentScaler.Tasks;

namespace AgentScaler.Campaigns.Steps;

/// <summary>What building tasks reads of a campaign.</summary>
internal sealed record TaskStepSettings(TaskSettings Tasks, long Seed);
