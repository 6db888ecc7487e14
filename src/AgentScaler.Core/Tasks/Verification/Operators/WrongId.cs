namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>One argument of one call names another row of the same collection.</summary>
internal sealed class WrongId : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "wrong-id";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) =>
        from call in Enumerable.Range(0, task.Gold.Count).OrderBy(call => task.Task.Gold[call].Writes ? 0 : 1)
        let step = task.Gold[call]
        from argument in task.RowsOf(step)
        from other in task.Others(argument).Take(1)
        select task.Replace(call, task.Point(step, argument, other));
}
