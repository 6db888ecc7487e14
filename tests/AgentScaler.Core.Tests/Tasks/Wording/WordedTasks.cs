using AgentScaler.Environments.Engine;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks.Wording;

/// <summary>Tasks of the sample catalogue in Chinese, built once for all tests, and in whatever manner else.</summary>
public sealed class WordedTasks : IDisposable
{
    public WordedTasks() => Chinese = Build(new TaskSettings { PerEnvironment = 12, Languages = ["zh"], AbstentionShare = 0.3 });

    public SampleTasks Sample { get; } = new();

    public IReadOnlyList<(LoadedEnvironment Environment, TaskSpec Task)> Chinese { get; }

    public IReadOnlyList<(LoadedEnvironment Environment, TaskSpec Task)> Build(TaskSettings settings) =>
        [.. Sample.Built.SelectMany(built => Sample.Build(built.Environment.Package, built.Dependencies, settings).Tasks.Select(task => (built.Environment, task)))];

    public void Dispose() => Sample.Dispose();
}
