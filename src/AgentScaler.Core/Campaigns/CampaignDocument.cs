namespace AgentScaler.Campaigns;

/// <summary>A campaign: what shapes the data, and what only shapes how it is made.</summary>
public sealed record CampaignDocument
{
    /// <summary>Everything that shapes the data; hashed.</summary>
    public CampaignIdentity Identity { get; init; } = new();

    /// <summary>Parallelism, stores, names of documents; free to change on resume.</summary>
    public CampaignOperations Operations { get; init; } = new();
}
