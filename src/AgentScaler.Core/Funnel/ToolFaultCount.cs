namespace AgentScaler.Funnel;

/// <summary>Episodes in which a tool failed in one way for no fault of the agent's.</summary>
/// <param name="Episodes">All of them.</param>
/// <param name="Kept">Those that were kept.</param>
public sealed record ToolFaultCount(long Episodes, long Kept);
