using AgentScaler.Core.Tests.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Tasks;

/// <summary>What tests of tasks of the library share.</summary>
public abstract class LibraryTaskTests : IDisposable
{
    protected EnvironmentEngine Engine { get; } = new(new EngineOptions(), LibraryEnvironment.Clock);

    protected LoadedEnvironment Library { get; } = LoadedEnvironment.Load(LibraryEnvironment.Package());

    protected TaskSpec Writing => LibraryEnvironment.WritingTask(Engine, Library);

    protected TaskSpec Reading => LibraryEnvironment.ReadingTask(Engine, Library);

    protected TaskSpec Short => LibraryEnvironment.ShortTask(Engine, Library);

    protected IReadOnlyList<TaskSpec> Tasks => LibraryEnvironment.Tasks(Engine, Library);

    public void Dispose()
    {
        Engine.Dispose();
        GC.SuppressFinalize(this);
    }
}
