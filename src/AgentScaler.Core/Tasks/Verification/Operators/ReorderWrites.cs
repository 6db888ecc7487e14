namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>Two writes that follow each other change places.</summary>
internal sealed class ReorderWrites : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "reorder-writes";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        var writes = Enumerable.Range(0, task.Gold.Count).Where(call => task.Task.Gold[call].Writes).ToList();
        foreach (var (first, second) in writes.Zip(writes.Skip(1)))
        {
            var steps = task.Gold.ToArray();
            (steps[first], steps[second]) = (steps[second], steps[first]);
            yield return new Mutant(steps, task.Outputs);
        }
    }
}
