using AgentScaler.Models;

namespace AgentScaler.Episodes;

/// <summary>A party has no reply, and asking again would not help: the episode ends, and says so. No fault of the machinery.</summary>
public sealed class PartyFailedException(string reason, ModelUsage usage) : Exception(reason)
{
    /// <summary>What to record.</summary>
    public PartyFailure Failure => new(Message, usage);
}
