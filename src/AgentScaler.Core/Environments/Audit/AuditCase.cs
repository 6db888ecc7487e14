namespace AgentScaler.Environments.Audit;

/// <summary>Why a call is in an audit.</summary>
public enum AuditCase
{
    /// <summary>Drawn as tasks draw calls: existing rows, allowed statuses, values that change something. Must succeed.</summary>
    Valid,

    /// <summary>The same call a second time on the state it left.</summary>
    Repeat,

    /// <summary>Another row, chosen for a status, flag or reference that no row before had.</summary>
    Row,

    /// <summary>One parameter with a value that rows hold, an allowed word, or a plain number.</summary>
    Value,

    /// <summary>Several parameters at once.</summary>
    Together,

    /// <summary>A value at or beyond a bound of the schema, an empty or a long one.</summary>
    Boundary,

    /// <summary>A required argument is missing.</summary>
    Missing,

    /// <summary>A value of another type, or a word outside an enum.</summary>
    WrongType,

    /// <summary>A key or reference that no row has.</summary>
    UnknownId,

    /// <summary>A row under an owner it does not belong to.</summary>
    OtherOwner,
}
