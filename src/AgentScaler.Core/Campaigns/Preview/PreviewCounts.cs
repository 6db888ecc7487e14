namespace AgentScaler.Campaigns.Preview;

/// <summary>A campaign, or a part of it, in numbers.</summary>
public sealed record PreviewCounts(long Domains, long Environments, long Tasks, long Episodes, long Kept);
