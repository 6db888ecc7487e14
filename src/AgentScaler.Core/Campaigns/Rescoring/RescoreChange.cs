namespace AgentScaler.Campaigns.Rescoring;

/// <summary>An episode whose verdict changed.</summary>
/// <param name="Before"><c>kept</c>, or the reason of the rejection.</param>
/// <param name="After">The same, now.</param>
/// <param name="Detail">Why it is rejected now; null where it is kept.</param>
public sealed record RescoreChange(string Episode, string Task, string Environment, string Before, string After, string? Detail);
