using AgentScaler.Funnel;

namespace AgentScaler.Campaigns;

/// <summary>The table that closes a campaign.</summary>
/// <param name="Stages">In the order of the pipeline.</param>
/// <param name="Kept">Trajectories in the dataset.</param>
/// <param name="Confusion">Injected mistake against verdict; null where nobody injected any.</param>
public sealed record CampaignSummary(IReadOnlyList<StageSummary> Stages, long Kept, ConfusionTable? Confusion)
{
    /// <summary>Its name, beside the dataset's manifest.</summary>
    public const string FileName = "summary.json";
}
