namespace AgentScaler.Core.Tests.Environments.Engine;

/// <summary>Tests that drive isolates to their limits run after all others: limits are sampled by a clock, and a crowded machine samples late.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneOnTheMachine
{
    public const string Name = "alone on the machine";
}
