namespace AgentScaler.Funnel;

/// <summary>What the funnel says of one episode.</summary>
/// <param name="Episode">The episode's id.</param>
/// <param name="Kept">Whether it passed every stage that applies.</param>
/// <param name="Stage">The stage that rejected it; null if kept.</param>
/// <param name="Reason">A reason code, e.g. <c>repeated-call</c>, <c>state-differs</c>; null if kept.</param>
/// <param name="Attribution">Whose fault; null if kept.</param>
/// <param name="Detail">One line for a person; null if kept.</param>
public sealed record Verdict(string Episode, bool Kept, FunnelStage? Stage, string? Reason, Attribution? Attribution, string? Detail);
