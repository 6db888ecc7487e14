namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>Not a mistake: a read is made once more.</summary>
internal sealed class ExtraRead : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "extra-read";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => Enumerable.Range(0, task.Gold.Count).Where(call => !task.Task.Gold[call].Writes).Take(1)
        .Select(call => task.Replace(call, task.Gold[call], task.Gold[call] with { Gold = null }) with { Expected = TrialExpectation.AcceptedWhereReadsMayBeAdded });
}
