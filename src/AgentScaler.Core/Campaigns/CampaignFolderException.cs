namespace AgentScaler.Campaigns;

/// <summary>A folder can't be used for a campaign: it holds another one, or something else, or nothing.</summary>
public sealed class CampaignFolderException(string message) : Exception(message);
