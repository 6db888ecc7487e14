using System.ComponentModel.DataAnnotations;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Datasets;

/// <summary>What the dataset says of itself (pipeline.md, stage 7).</summary>
public sealed record DatasetSettings
{
    /// <summary>The dataset's name in manifest and card, 1-100 characters.</summary>
    [StringLength(100, MinimumLength = 1)]
    public string Name { get; init; } = "agentscaler";

    /// <summary>The consumers the dataset is written for, each in a folder of its own beside the canonical form; none by default. <c>dataset export</c> writes them later too.</summary>
    public IReadOnlyList<ExportFormat> Formats { get; init; } = [];

    /// <summary>Most preference pairs of a task, 0-1000; with 0 none are made, nor a file of them.</summary>
    [Range(0, 1000)]
    public int PairsPerTask { get; init; } = 4;
}
