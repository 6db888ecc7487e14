namespace AgentScaler.Datasets.Decontamination;

/// <summary>How much of one kind was found.</summary>
/// <param name="Strong">Findings that prove contamination.</param>
/// <param name="Weak">Findings that may be chance.</param>
/// <param name="Environments">Environments with a strong finding.</param>
/// <param name="Trajectories">Trajectories that it contaminates, by themselves or with their environment.</param>
public sealed record ContaminationCounts(long Strong, long Weak, long Environments, long Trajectories);
