namespace AgentScaler.Cli.Tests;

/// <summary>Tests that look at one small campaign, run once for all of them.</summary>
[CollectionDefinition(Name)]
public sealed class SmallRunCollection : ICollectionFixture<FunnelCommandTests.SmallRun>
{
    public const string Name = "small run";
}
