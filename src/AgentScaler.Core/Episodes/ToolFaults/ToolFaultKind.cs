namespace AgentScaler.Episodes.ToolFaults;

/// <summary>How a tool fails that is not at fault: the world around it is.</summary>
public enum ToolFaultKind
{
    /// <summary>It does not answer in time; the call is not carried out. Error <c>timeout</c>.</summary>
    Timeout,

    /// <summary>It was called too often. Error <c>rate_limited</c>.</summary>
    RateLimited,

    /// <summary>It is not there for the moment. Error <c>unavailable</c>.</summary>
    Unavailable,

    /// <summary>It is not there at all: calling again does not help, what it was needed for can't be done, and the user has to hear that. Error <c>out_of_service</c>.</summary>
    OutOfService,
}
