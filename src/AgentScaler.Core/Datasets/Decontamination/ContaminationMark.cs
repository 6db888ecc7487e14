namespace AgentScaler.Datasets.Decontamination;

/// <summary>What <c>dataset/contamination.jsonl</c> says of a trajectory; a line each, in the dataset's order, the same keys on every line.</summary>
/// <param name="Kinds">Kinds of the strong findings, sorted; empty where there are none.</param>
public sealed record ContaminationMark(string Episode, string Environment, bool Contaminated, IReadOnlyList<ContaminationKind> Kinds)
{
    /// <summary>The file's name, beside the dataset's rows.</summary>
    public const string FileName = "contamination.jsonl";
}
