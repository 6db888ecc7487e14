using AgentScaler.Environments;

namespace AgentScaler.Campaigns.Steps;

/// <summary>What building environments reads of a campaign.</summary>
internal sealed record EnvironmentStepSettings(EnvironmentSettings Environment, long Seed);
