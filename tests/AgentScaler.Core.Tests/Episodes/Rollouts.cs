using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Episodes;

/// <summary>Scripted episodes of any task, clean or with a mistake of one kind.</summary>
internal static class Rollouts
{
    /// <summary>An episode by the settings.</summary>
    public static EpisodeRecord Run(EnvironmentEngine engine, LoadedEnvironment environment, TaskSpec task, int number, EpisodeSettings settings) =>
        Run(engine, environment, task, number, settings, new ScriptedCast(engine, environment, settings));

    /// <summary>An episode with a mistake of one kind planned, or null where the kind does not fit the task.</summary>
    public static EpisodeRecord? Faulty(EnvironmentEngine engine, LoadedEnvironment environment, TaskSpec task, FaultKind kind, int number)
    {
        var cast = new OneFaultCast(engine, environment, kind);
        var episode = Run(engine, environment, task, number, new EpisodeSettings { FaultShare = 0, ToolFaultShare = 0 }, cast);
        return cast.Planned ? episode : null;
    }

    private static EpisodeRecord Run(EnvironmentEngine engine, LoadedEnvironment environment, TaskSpec task, int number, EpisodeSettings settings, ICast cast) =>
        new EpisodeRunner(engine, environment, settings).RunAsync(task, number, new Seed("test").Child(task.Id).Child(number), cast, CancellationToken.None).GetAwaiter().GetResult();

    private sealed class OneFaultCast(EnvironmentEngine engine, LoadedEnvironment environment, FaultKind kind) : ICast
    {
        public string Generator => ScriptedCast.Scripted;

        public bool Planned { get; private set; }

        public EpisodeParties Enter(TaskSpec task, int trial, Seed seed)
        {
            var script = ScriptWriter.Write(task, environment.Package, 30, seed.Child("script").Random());
            var planned = new FaultPlanner(task, environment.Package, () => engine.Open(environment, new Seed(task.Seed), task.InitialChanges), seed.Child("faults").Random()).Plan(script, kind);
            Planned = planned is not null;
            var faults = new FaultLog();
            return new EpisodeParties(
                new ScriptedUser(planned ?? script, faults, seed.Child("user").Random(), text => text is [.., '?' or '？']),
                new ScriptedAgent(planned ?? script, environment.Package, faults, seed.Child("agent").Random()),
                faults);
        }
    }
}
