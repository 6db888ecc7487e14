using AgentScaler.Funnel;

namespace AgentScaler.Campaigns.Steps;

/// <summary>The counts of a funnel as steps report them.</summary>
internal static class FunnelStatus
{
    public static (string Name, long Count)[] Of(FunnelCounts counts) =>
    [
        ("kept", counts.Kept),
        ("rejectedValidity", counts.Rejected(FunnelStage.Validity)),
        ("rejectedState", counts.Rejected(FunnelStage.StateAlignment)),
        ("rejectedMatch", counts.Rejected(FunnelStage.ExactMatch)),
        ("rejectedQuota", counts.Rejected(FunnelStage.Quota)),
    ];
}
