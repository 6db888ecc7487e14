namespace AgentScaler.Tasks.Verification;

/// <summary>One kind of mistake that a verifier has to notice, or of liberty that it has to allow.</summary>
internal interface IMutationOperator
{
    /// <summary>Its name in reports, a kebab-case word.</summary>
    string Name { get; }

    /// <summary>All its mutants of a task, the most telling first; made as they are asked for, the same at every call.</summary>
    IEnumerable<Mutant> Mutants(AuditedTask task);
}
