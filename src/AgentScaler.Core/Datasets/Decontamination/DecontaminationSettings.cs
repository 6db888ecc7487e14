using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>When something counts as the same.</summary>
public sealed record DecontaminationSettings
{
    /// <summary>Words of the runs that must not stand in both, 5-50; ideographs count one by one. Texts of fewer words, but at least <see cref="ShortestText"/>, count as a whole message or line only.</summary>
    [Range(5, 50)]
    public int Words { get; init; } = 13;

    /// <summary>Jaccard index from which two texts, tools or rows are the same, 0.5-1.</summary>
    [Range(0.5, 1.0)]
    public double Similarity { get; init; } = 0.7;

    /// <summary>Values of its own (no dates, flags, short words) that a row must have to be compared, 2-20.</summary>
    [Range(2, 20)]
    public int RowValues { get; init; } = 3;

    /// <summary>Words of the shortest text that is compared.</summary>
    internal const int ShortestText = 8;
}
