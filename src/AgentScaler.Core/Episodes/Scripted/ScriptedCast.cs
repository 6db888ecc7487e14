using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Tasks;

namespace AgentScaler.Episodes.Scripted;

/// <summary>
/// The parties of an environment without any model: a user who says the task's requests and an agent who follows gold, with labelled
/// mistakes in a share of the episodes. Scripted episodes prove the pipeline and measure the funnel; they are no substitute for model-made data.
/// </summary>
public sealed class ScriptedCast(EnvironmentEngine engine, LoadedEnvironment environment, EpisodeSettings settings) : ICast
{
    /// <summary>What <see cref="Generator"/> says.</summary>
    public const string Scripted = "scripted";

    /// <inheritdoc/>
    public string Generator => Scripted;

    /// <inheritdoc/>
    public EpisodeParties Enter(TaskSpec task, int trial, Seed seed)
    {
        var script = Script(task, seed);
        var draws = seed.Child("faults").Random();
        if (draws.Chance(settings.FaultShare))
        {
            script = new FaultPlanner(task, environment.Package, () => engine.Open(environment, new Seed(task.Seed), task.InitialChanges), draws)
                .Plan(script);
        }

        var faults = new FaultLog();
        return new EpisodeParties(
            new ScriptedUser(script, faults, seed.Child("user").Random(), text => text is [.., '?' or '？']),
            new ScriptedAgent(script, environment.Package, faults, seed.Child("agent").Random()),
            faults);
    }

    /// <summary>The user alone, without mistakes, for an agent that is a model.</summary>
    public IUser EnterUser(TaskSpec task, Seed seed) => new ScriptedUser(
        Script(task, seed), new FaultLog(), seed.Child("user").Random(), AgentQuestion.AsksBack);

    private EpisodeScript Script(TaskSpec task, Seed seed) =>
        ScriptWriter.Write(task, environment.Package, settings.MaximumSteps, seed.Child("script").Random(), settings.ParallelShare) with { ReasoningShare = settings.ReasoningShare };
}
