namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>All is done, and the user is told nothing of what was asked, or not asked for what is missing, or not told what can't be done.</summary>
internal sealed class EmptyAnswer : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "empty-answer";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => 
    [
        .. task.Outputs.Count == 0 ? Array.Empty<Mutant>() : [new Mutant(task.Gold, [])],
        .. task.Task.Abstains ? [new Mutant(task.Gold, task.Outputs) { Abstains = false }, new Mutant(task.Gold, []) { Abstains = false }] : Array.Empty<Mutant>(),
    ];
}
