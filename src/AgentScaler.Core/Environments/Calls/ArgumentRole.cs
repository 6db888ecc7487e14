namespace AgentScaler.Environments.Calls;

/// <summary>What an argument means to its tool.</summary>
public enum ArgumentRole
{
    /// <summary>The key of the row the tool works on.</summary>
    Key,

    /// <summary>The key of a row of another collection.</summary>
    Reference,

    /// <summary>A value that rows are filtered by.</summary>
    Filter,

    /// <summary>A text that rows are searched for.</summary>
    Query,

    /// <summary>A value that is written.</summary>
    Value,

    /// <summary>Required by the tool's schema, without a meaning its program knows.</summary>
    Other,
}
