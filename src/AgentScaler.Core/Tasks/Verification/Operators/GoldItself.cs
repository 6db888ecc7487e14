namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>Not a mistake: gold as it is.</summary>
internal sealed class GoldItself : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "gold";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => [new Mutant(task.Gold, task.Outputs) { Expected = TrialExpectation.Accepted }];
}
