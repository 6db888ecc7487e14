namespace AgentScaler.Funnel;

/// <summary>The account of one environment.</summary>
/// <param name="Environment">Its id.</param>
/// <param name="Domain">The domain's id.</param>
/// <param name="DomainName">The domain's readable name.</param>
/// <param name="Tasks">Tasks rolled out.</param>
/// <param name="Counts">The stages.</param>
public sealed record EnvironmentFunnel(string Environment, string Domain, string DomainName, int Tasks, FunnelCounts Counts);
