using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Models;
using AgentScaler.Models.Prompts;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes.Modelled;

/// <summary>The parties of an environment where the agent is a model, and the user one too or a script. No mistakes are injected: models make their own.</summary>
/// <param name="agent">The agent's model.</param>
/// <param name="user">The user's model; null for a user who says the task's words.</param>
public sealed class ModelCast(EnvironmentEngine engine, LoadedEnvironment environment, EpisodeSettings settings, RoleModel agent, RoleModel? user) : ICast
{
    /// <summary>What <see cref="Generator"/> says.</summary>
    public const string Modelled = "models";

    /// <inheritdoc/>
    public string Generator => Modelled;

    /// <inheritdoc/>
    public EpisodeModels Models { get; } = new(
        user?.Settings.Model ?? ScriptedCast.Scripted,
        agent.Settings.Model,
        [.. PromptsOf(agent.Settings, user?.Settings).Select(prompt => prompt.Id)]);

    /// <summary>The prompts that such episodes depend on, sorted by name.</summary>
    public static IReadOnlyList<Prompt> PromptsOf(ModelSettings agent, ModelSettings? user) =>
        [.. ModelAgent.Prompts(agent).Concat(user is null ? [] : [ModelUser.Prompt]).OrderBy(prompt => prompt.Name, StringComparer.Ordinal)];

    /// <summary>What endpoints are asked to sample an episode's replies by: 31 bits of its seed, as some take no more.</summary>
    public static long SamplingSeed(Seed episode) => (long)(episode.Child("sampling").Random().NextBits() >> 33);

    /// <inheritdoc/>
    public EpisodeParties Enter(TaskSpec task, int trial, Seed seed)
    {
        var sampling = SamplingSeed(seed);
        return new EpisodeParties(
            user is null ? Script(task, seed) : new ModelUser(new ModelParty(user, trial, sampling), task),
            new ModelAgent(new ModelParty(agent, trial, sampling), environment.Package),
            new FaultLog());
    }

    private IUser Script(TaskSpec task, Seed seed) => new ScriptedCast(engine, environment, settings with { FaultShare = 0 }).EnterUser(task, seed);
}
