using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Mutation;

namespace AgentScaler.Cli.Output;

/// <summary>What <c>env audit</c> answers.</summary>
/// <param name="Environments">Sorted by name.</param>
/// <param name="CommonFailures">Of a campaign: why tools left when its environments were built, the commonest first.</param>
/// <param name="mutants">Whether mutants were run.</param>
internal sealed record AuditAnswer(IReadOnlyList<EnvironmentAnswer> Environments, IReadOnlyList<CommonFailure> CommonFailures, bool mutants)
{
    /// <summary>Failures listed.</summary>
    public const int FailuresShown = 10;

    /// <summary>Whether every tool of every environment passed.</summary>
    public bool Passed => Environments.All(environment => environment.Audit.Tools.All(tool => tool.Passed));

    /// <summary>Tools audited.</summary>
    public int Tools => Environments.Sum(environment => environment.Audit.Tools.Count);

    /// <summary>Tools that passed.</summary>
    public int ToolsPassed => Environments.Sum(environment => environment.Audit.Tools.Count(tool => tool.Passed));

    /// <summary>Calls made, those on mutants not counted.</summary>
    public int Calls => Environments.Sum(environment => environment.Audit.Tools.Sum(tool => tool.Calls));

    /// <summary>All environments' mutants; null if none were run.</summary>
    public MutationReport? Mutation => mutants ? MutationReport.Sum(Environments.Select(environment => environment.Audit.Mutation!)) with { Survivors = [] } : null;
}
