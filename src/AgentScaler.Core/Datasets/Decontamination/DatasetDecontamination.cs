namespace AgentScaler.Datasets.Decontamination;

/// <summary>What a manifest says of the dataset's decontamination.</summary>
/// <param name="Against">Names of the benchmark's files that held anything to compare with, sorted.</param>
/// <param name="Checked">Trajectories that were checked.</param>
/// <param name="Contaminated">Those that are contaminated: excluded, or marked.</param>
/// <param name="Kinds">By kind.</param>
public sealed record DatasetDecontamination(
    DecontaminationMode Mode,
    DecontaminationSettings Settings,
    IReadOnlyList<string> Against,
    long Checked,
    long Contaminated,
    SortedDictionary<string, ContaminationCounts> Kinds)
{
    /// <summary>Files of the benchmark that were not read, or not to their end.</summary>
    public long NotRead { get; init; }
}
