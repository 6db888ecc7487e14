using AgentScaler.Models;

namespace AgentScaler.Episodes;

/// <summary>What the parties of an episode took, as their endpoints counted.</summary>
public sealed record EpisodeUsage(ModelUsage User, ModelUsage Agent)
{
    /// <summary>Nothing.</summary>
    public static readonly EpisodeUsage None = new(ModelUsage.None, ModelUsage.None);
}
