using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Datasets;

/// <summary>What the dataset says of itself (pipeline.md, stage 7).</summary>
public sealed record DatasetSettings
{
    /// <summary>The dataset's name in manifest and card, 1-100 characters.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "agentscaler";
}
