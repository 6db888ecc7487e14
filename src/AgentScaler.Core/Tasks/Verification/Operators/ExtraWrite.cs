namespace AgentScaler.Tasks.Verification.Operators;

/// <summary>At the end stands a write that nobody asked for.</summary>
internal sealed class ExtraWrite : IMutationOperator
{
    /// <inheritdoc/>
    public string Name => "extra-write";

    /// <inheritdoc/>
    public IEnumerable<Mutant> Mutants(AuditedTask task) => task.SpareWrites().Select(write => new Mutant([.. task.Gold, write], task.Outputs));
}
