namespace AgentScaler.Environments.Packages;

/// <summary>What a tool does to its collection.</summary>
public enum OperationKind
{
    /// <summary>Reads one row by key.</summary>
    Get,

    /// <summary>Reads rows, optionally filtered.</summary>
    List,

    /// <summary>Reads the rows that match a text.</summary>
    Search,

    /// <summary>Adds a row.</summary>
    Create,

    /// <summary>Changes fields of a row.</summary>
    Update,

    /// <summary>Removes a row.</summary>
    Delete,

    /// <summary>Moves a row to another status.</summary>
    Status,

    /// <summary>Anything else, written by a person; only its program knows.</summary>
    Other,
}
