namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>A write is made twice.</summary>
internal sealed class DuplicateWrite : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "duplicate-write";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => Enumerable.Range(0, task.Gold.Count).Where(call => task.Task.Gold[call].Writes)
        .Select(call => task.Replace(call, task.Gold[call], task.Gold[call] with { Gold = null }));
}
