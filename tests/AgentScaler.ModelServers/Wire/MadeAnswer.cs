using AgentScaler.ModelServers.Chat;
using AgentScaler.ModelServers.Faults;

namespace AgentScaler.ModelServers.Wire;

/// <summary>An answer ready to be sent.</summary>
/// <param name="Pieces">Its bytes; more than one where it is a stream of events.</param>
/// <param name="MediaType">What they are.</param>
/// <param name="Usage">What is tallied for it.</param>
/// <param name="Fault">What was done to it.</param>
/// <param name="Status">Its status.</param>
internal sealed record MadeAnswer(IReadOnlyList<ReadOnlyMemory<byte>> Pieces, string MediaType, ChatUsage Usage, SemanticFault? Fault = null, int Status = 200)
{
    public const string Json = "application/json";
    public const string Events = "text/event-stream";

    public bool IsStream => MediaType == Events;
}
