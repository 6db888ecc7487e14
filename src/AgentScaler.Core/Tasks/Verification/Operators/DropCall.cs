namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>One call is left out; of the writes each matters, or gold holds a call that nothing proves.</summary>
internal sealed class DropCall : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "drop-call";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => Enumerable.Range(0, task.Gold.Count).OrderBy(call => task.Task.Gold[call].Writes ? 0 : 1)
        .Select(call => task.Replace(call) with { MustMatter = task.Task.Gold[call].Writes ? TaskReasons.DropPasses : null });
}
