namespace AgentScaler.Campaigns;

/// <summary>Where a campaign stands in the index.</summary>
public enum CampaignState
{
    /// <summary>Being worked on, or its process was killed; either way it can be run on.</summary>
    Running,

    /// <summary>Its dataset is written.</summary>
    Completed,

    /// <summary>A step failed; run it again to go on.</summary>
    Failed,

    /// <summary>Somebody stopped it; run it again to go on.</summary>
    Cancelled,

    /// <summary>It may spend no more; raise its budget and run it again to go on.</summary>
    Paused,
}
