namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>All is done, and the user is told nothing of what was asked.</summary>
internal sealed class EmptyAnswer : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "empty-answer";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => task.Outputs.Count == 0 ? [] : [new Mutant(task.Gold, [])];
}
