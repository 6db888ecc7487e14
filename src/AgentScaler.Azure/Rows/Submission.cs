namespace AgentScaler.Azure.Rows;

/// <summary>What a service answered to a batch.</summary>
/// <param name="ETags">The service's ETags in the order of the actions, null for a delete; null altogether if a condition did not hold.</param>
/// <param name="WasRepeated">Whether it was sent more than once, so that a refusal may be the echo of an attempt that succeeded.</param>
/// <param name="Refusal">What the service said when it refused.</param>
internal sealed record Submission(IReadOnlyList<string?>? ETags, bool WasRepeated, string? Refusal);
