using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Models;

namespace AgentScaler.Episodes.Modelled;

/// <summary>Casts the parties of episodes.</summary>
internal static class EpisodeCasts
{
    /// <summary>The parties, and how many episodes they play at once: scripts keep a processor busy, models are waited for.</summary>
    /// <param name="campaign">Reference of the campaign's identity.</param>
    /// <param name="agent">The agent's model; null for scripts.</param>
    /// <param name="user">The user's model; null for a script.</param>
    /// <exception cref="ModelException">A role's endpoint is not set up.</exception>
    public static async Task<(ICast Cast, int AtOnce)> OpenAsync(
        IModelSource models,
        string campaign,
        ModelSettings? agent,
        ModelSettings? user,
        EnvironmentEngine engine,
        LoadedEnvironment environment,
        EpisodeSettings settings,
        CancellationToken cancellationToken)
    {
        if (agent is null)
        {
            return (new ScriptedCast(engine, environment, settings), 1);
        }

        var open = await models.OpenAsync(campaign, new ModelsSettings { Agent = agent, User = user }, cancellationToken);
        return (new ModelCast(engine, environment, settings, open.Of(ModelRole.Agent)!, open.Of(ModelRole.User)), open.EpisodesAtOnce);
    }
}
