using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>A campaign's row in the index.</summary>
/// <param name="Campaign">The identity's hash, also the row's key.</param>
/// <param name="Status">The last status of its workflow: stage, pages done and in all, counts.</param>
public sealed record CampaignRow(string Campaign, CampaignState State, WorkflowStatus Status);
