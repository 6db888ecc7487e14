namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>Throughout the task another row stands in the place of one: the distractor that differs in its name, where the task has one.</summary>
internal sealed class SwappedEntity : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "swapped-entity";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        foreach (var row in task.Gold.SelectMany(task.RowsOf).DistinctBy(row => (row.Collection, row.Key)))
        {
            var distractors = task.Task.InitialChanges.Where(change => change.Collection == row.Collection).Select(change => change.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var other in task.Others(row).Reverse().OrderBy(other => distractors.Contains(other.Key) ? 0 : 1).Take(1))
            {
                yield return new Mutant([.. task.Gold.Select(step => task.Redirect(step, row, other))], task.Outputs);
            }
        }
    }
}
