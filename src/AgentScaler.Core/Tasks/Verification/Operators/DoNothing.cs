namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>The agent does nothing and says nothing.</summary>
internal sealed class DoNothing : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "do-nothing";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => [new Mutant([], []) { Abstains = !task.Task.Abstains }];
}
