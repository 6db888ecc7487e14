namespace AgentScaler.Datasets.Decontamination;

/// <summary>A dataset to be compared with benchmarks.</summary>
/// <param name="Dataset">A campaign's folder, or the <c>dataset</c> folder in it.</param>
/// <param name="Against">Files, folders and globs of the benchmarks.</param>
/// <param name="Out">
/// Where the report goes: without it <c>decontamination/</c> in the campaign's folder. For <see cref="DecontaminationMode.Exclude"/> the folder of the new dataset, which must be named, and empty or not there yet.
/// </param>
public sealed record DecontaminationRequest(string Dataset, IReadOnlyList<string> Against, DecontaminationMode Mode, string? Out, DecontaminationSettings Settings);
