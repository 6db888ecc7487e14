using AgentScaler.Core.Tests.Environments.Materialisation;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Graphs;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

/// <summary>Environments and tasks of the sample catalogue, built once for all tests.</summary>
public sealed class SampleTasks : IDisposable
{
    public SampleTasks()
    {
        Built = [.. Domains.Sample().Select(domain => (domain, Domains.Build(Engine, domain).Package)).Where(pair => pair.Package is not null)
            .Select(pair => (LoadedEnvironment.Load(pair.Package!), pair.domain.Dependencies, Build(pair.Package!, pair.domain.Dependencies)))];
    }

    public EnvironmentEngine Engine { get; } = new(new EngineOptions(), Domains.Clock);

    /// <summary>Each environment with its domain's dependencies and its tasks.</summary>
    public IReadOnlyList<(LoadedEnvironment Environment, IReadOnlyList<DependencyEdge> Dependencies, TaskBuild Build)> Built { get; }

    public IEnumerable<(LoadedEnvironment Environment, TaskSpec Task)> All => Built.SelectMany(built => built.Build.Tasks.Select(task => (built.Environment, task)));

    public TaskBuild Build(EnvironmentPackage package, IReadOnlyList<DependencyEdge> dependencies, TaskSettings? settings = null) =>
        new TaskBuilder(settings ?? new TaskSettings { PerEnvironment = 12 }, Engine, new OutcomeJudge()).Build(package, dependencies, Seed.Root(1).Child(package.Id));

    public EnvironmentSession Open(LoadedEnvironment environment, TaskSpec task) => Engine.Open(environment, new Seed(task.Seed), task.InitialChanges);

    public string HashAfter(LoadedEnvironment environment, TaskSpec task, IEnumerable<GoldCall> calls)
    {
        var session = Open(environment, task);
        foreach (var call in calls)
        {
            session.Call(call.Tool, call.Arguments);
        }

        return session.StateHash;
    }

    public void Dispose() => Engine.Dispose();
}
