namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>Not a mistake: two neighbouring reads change places, neither of which changes what the other shows.</summary>
internal sealed class ReorderReads : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "reorder-reads";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task)
    {
        for (var call = 0; call + 1 < task.Gold.Count; call++)
        {
            if (!task.Task.Gold[call].Writes && !task.Task.Gold[call + 1].Writes && task.Task.Gold[call + 1].Origins.All(origin => origin.Step != call))
            {
                var steps = task.Gold.ToArray();
                (steps[call], steps[call + 1]) = (steps[call + 1], steps[call]);
                yield return new Mutant(steps, task.Outputs) { Expected = TrialExpectation.AcceptedWhereReadsMayMove };
            }
        }
    }
}
