namespace AgentScaler.ModelServers.Wire;

/// <summary>Makes the server end the connection in the middle of an answer, what was written sent.</summary>
internal sealed class BrokenOffException : Exception
{
    public BrokenOffException()
        : base("broken off by the plan of faults")
    {
    }
}
