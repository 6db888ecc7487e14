namespace AgentScaler.Datasets;

/// <summary>What the dataset says of itself (pipeline.md, stage 7).</summary>
public sealed record DatasetSettings
{
    /// <summary>The dataset's name in manifest and card.</summary>
    public string Name { get; init; } = "agentscaler-sample";
}
