using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Tasks.Abstention;

/// <summary>Makes requests of one kind that an agent must not simply serve.</summary>
internal interface IAbstentionMaker
{
    /// <summary>Whether the environment can give such a request at all.</summary>
    /// <param name="tools">Tools that walks can be made of.</param>
    bool IsPossible(EnvironmentPackage package, IReadOnlyList<PackageTool> tools) => Needs(tools) is not { Count: 0 };

    /// <summary>The tools of which a walk must call one so that such a request can be made of it; null if any walk will do.</summary>
    /// <param name="tools">Tools that walks can be made of.</param>
    IReadOnlyList<PackageTool>? Needs(IReadOnlyList<PackageTool> tools) => null;

    /// <summary>Adds such a request to an executed walk, or makes one of the walk's into one.</summary>
    /// <param name="walk">Requests of an ordinary task, in order.</param>
    /// <param name="open">Opens a session at the task's initial state.</param>
    /// <returns>Null where neither the environment nor the walk gives one.</returns>
    AbstainingPlan? Make(EnvironmentPackage package, IReadOnlyList<PlannedRequest> walk, Func<EnvironmentSession> open, Seed seed);
}
