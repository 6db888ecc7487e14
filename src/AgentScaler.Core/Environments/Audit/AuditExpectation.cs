namespace AgentScaler.Environments.Audit;

/// <summary>What must come of a call.</summary>
internal enum AuditExpectation
{
    /// <summary>A result.</summary>
    Result,

    /// <summary>A typed error that changes nothing.</summary>
    Error,

    /// <summary>Either, as the program's rules have it; only a program that breaks down is a fault.</summary>
    Answer,
}
