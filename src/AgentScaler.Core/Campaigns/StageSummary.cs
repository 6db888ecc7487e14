namespace AgentScaler.Campaigns;

/// <summary>One stage of a campaign: what went in, what came out, and why the rest did not.</summary>
/// <param name="Stage">What is counted, e.g. <c>tools</c>, <c>environments</c>, <c>validity</c>.</param>
/// <param name="Reasons">Reason code to count of what was left out.</param>
public sealed record StageSummary(string Stage, long In, long Out, SortedDictionary<string, long> Reasons);
