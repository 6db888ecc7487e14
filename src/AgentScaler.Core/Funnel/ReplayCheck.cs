using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Tasks;

namespace AgentScaler.Funnel;

/// <summary>
/// Whether what was recorded of an episode is what its calls give: they are made again on a fresh environment, and every result, changed row and state hash must be
/// as recorded, as must be the policy that the agent was given. Without it a record could claim any result and any final state.
/// </summary>
public sealed class ReplayCheck(EnvironmentEngine engine, LoadedEnvironment environment)
{
    /// <summary>Why the record can't be believed; null if it can.</summary>
    /// <exception cref="EpisodeAbortedException">Every attempt hit a limit of the runtime.</exception>
    internal Rejection? Check(EpisodeRecord episode, TaskSpec task)
    {
        if (episode.Messages is [{ Role: "system" } system, ..] && system.Content != environment.Package.Policy)
        {
            return new(FunnelReasons.PolicyDiffers, Attribution.Tool, "the system message is not the policy of the environment");
        }

        return FreshAttempts.Run(() => EpisodeReplay.Run(episode, task, environment, engine)) is [var first, ..] ? new(FunnelReasons.ReplayDiffers, Attribution.Tool, first) : null;
    }
}
