namespace AgentScaler.Datasets;

/// <summary>A domain that gave no environment.</summary>
/// <param name="Reason">Why, as its outcome says.</param>
public sealed record RejectedDomain(string Domain, string DomainName, string Reason);
