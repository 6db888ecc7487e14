namespace AgentScaler.Datasets;

/// <summary>The verdict in short.</summary>
/// <param name="Kept">Whether it passed everything.</param>
/// <param name="Proof">What decides for this task: <c>state</c>, or <c>calls</c> where gold leaves the state as it was.</param>
public sealed record TrajectoryFunnel(bool Kept, string Proof);
