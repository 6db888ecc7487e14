using AgentScaler.Funnel;

namespace AgentScaler.Campaigns;

/// <summary>The table that closes a campaign; <c>summary.json</c> beside the dataset's manifest.</summary>
/// <param name="Stages">In the order of the pipeline.</param>
/// <param name="Kept">Trajectories in the dataset.</param>
/// <param name="Confusion">Injected mistake against verdict; null where nobody injected any.</param>
public sealed record CampaignSummary(IReadOnlyList<StageSummary> Stages, long Kept, ConfusionTable? Confusion);
