using AgentScaler.Environments.Engine;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Core.Tests.Tasks.Abstention;

/// <summary>Tasks of the sample catalogue in which one request must not simply be served.</summary>
public sealed class AbstentionTasks : IDisposable
{
    private readonly SampleTasks sample = new();

    public AbstentionTasks() => Builds = [.. sample.Built.Select(built => (built.Environment,
        sample.Build(built.Environment.Package, built.Dependencies, new TaskSettings { PerEnvironment = 9, AbstentionShare = 1, ConditionalShare = 0, CorrectionShare = 0 })))];

    public EnvironmentEngine Engine => sample.Engine;

    public IReadOnlyList<(LoadedEnvironment Environment, TaskBuild Build)> Builds { get; }

    public IEnumerable<(LoadedEnvironment Environment, TaskSpec Task, UserRequest Request, RequestAbstention Abstention)> All => Builds.SelectMany(built => built.Build.Tasks
        .Where(task => task.Abstains).Select(task => (built.Environment, task, task.Requests.Single(request => request.Abstention is not null), task.Requests.Single(request => request.Abstention is not null).Abstention!)));

    public void Dispose() => sample.Dispose();
}
