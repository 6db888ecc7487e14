using AgentScaler.Core.Tests.Environments;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Episodes;

/// <summary>An engine with the library loaded, and the means to roll out episodes in it.</summary>
public sealed class LibraryRollouts : IDisposable
{
    public LibraryRollouts()
    {
        Environment = LoadedEnvironment.Load(LibraryEnvironment.Package());
        Tasks = LibraryEnvironment.Tasks(Engine, Environment);
    }

    public EnvironmentEngine Engine { get; } = new(new EngineOptions(), LibraryEnvironment.Clock);

    public LoadedEnvironment Environment { get; }

    public IReadOnlyList<TaskSpec> Tasks { get; }

    public TaskSpec Writing => Tasks[0];

    public TaskSpec Reading => Tasks[1];

    /// <summary>Every kind of mistake fits it.</summary>
    public TaskSpec Clearing => Tasks[3];

    /// <summary>A clean scripted episode.</summary>
    public EpisodeRecord Clean(TaskSpec task, int number = 0) => Run(task, number, new ScriptedCast(Engine, Environment, Settings(0)));

    /// <summary>An episode with a mistake of one kind planned, or null where the kind does not fit the task.</summary>
    public EpisodeRecord? Faulty(TaskSpec task, FaultKind kind, int number) => Rollouts.Faulty(Engine, Environment, task, kind, number);

    public EpisodeRecord Run(TaskSpec task, int number, ICast cast, EpisodeSettings? settings = null) =>
        new EpisodeRunner(Engine, Environment, settings ?? Settings(0))
            .RunAsync(task, number, new Seed("test").Child(task.Id).Child(number), cast, CancellationToken.None).GetAwaiter().GetResult();

    public Verdict Judge(EpisodeRecord episode, FunnelSettings? settings = null) => EpisodeFunnel.Judge(
        episode, Tasks.Single(task => task.Id == episode.Task), Environment.Package, settings ?? new FunnelSettings());

    public void Dispose() => Engine.Dispose();

    private static EpisodeSettings Settings(double faultShare) => new() { FaultShare = faultShare, ToolFaultShare = 0 };
}
