namespace AgentScaler.Environments.Audit;

/// <summary>The rows of a tool's collection when an audit calls it.</summary>
public enum AuditState
{
    /// <summary>As the environment begins.</summary>
    Initial,

    /// <summary>None: what a read shows must have come from them.</summary>
    Empty,

    /// <summary>As many as a page holds where nothing says how many.</summary>
    OnePage,

    /// <summary>More than a page holds.</summary>
    Pages,
}
