namespace AgentScaler.Training;

/// <summary>A file of a plan.</summary>
/// <param name="Path">Below the plan's folder, with <c>/</c>.</param>
/// <param name="Sha256">64 hexadecimal digits.</param>
/// <param name="Rows">Trajectories, a line each.</param>
public sealed record PlanFile(string Path, string Sha256, long Bytes, long Rows);
