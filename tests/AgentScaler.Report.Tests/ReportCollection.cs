namespace AgentScaler.Report.Tests;

/// <summary>All tests share one campaign and one browser: they are the costly part.</summary>
[CollectionDefinition(Name)]
public sealed class ReportCollection : ICollectionFixture<ManifoldCampaign>, ICollectionFixture<ReportBrowser>
{
    public const string Name = "report";
}
