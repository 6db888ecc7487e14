using AgentScaler.Episodes;

namespace AgentScaler.Datasets;

/// <summary>Tokens of an episode, as the endpoints counted them.</summary>
public sealed record TrajectoryUsage(long UserInput, long UserOutput, long AgentInput, long AgentOutput)
{
    /// <summary>Those of an episode.</summary>
    public static TrajectoryUsage Of(EpisodeUsage? usage) => usage is null
        ? new(0, 0, 0, 0)
        : new(usage.User.InputTokens, usage.User.OutputTokens, usage.Agent.InputTokens, usage.Agent.OutputTokens);
}
