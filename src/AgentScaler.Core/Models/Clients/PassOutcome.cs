namespace AgentScaler.Models.Clients;

/// <summary>What a call through a gate says of the endpoint.</summary>
internal enum PassOutcome
{
    /// <summary>It answered.</summary>
    Good,

    /// <summary>It refused for load, failed or was not reached.</summary>
    Overload,

    /// <summary>Nothing: the call was broken off, or its answer was no matter of load.</summary>
    Neither,
}
