using System.Text.Json.Serialization;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Tasks;

/// <summary>One request within the user's intent: what the user says, and which gold calls serve it.</summary>
/// <param name="Text">Names what the user knows and wants; never tool names, never values the agent must look up.</param>
/// <param name="FirstCall">0-based index of its first gold call.</param>
/// <param name="Calls">How many gold calls serve it, at least 1; 0 only where the agent must not serve it (<see cref="Abstention"/>).</param>
/// <param name="RequiredOutputs">Facts that must reach the user, in the order of the result; empty where the request writes.</param>
public sealed record UserRequest(string Text, int FirstCall, int Calls, IReadOnlyList<RequiredOutput> RequiredOutputs)
{
    /// <summary>What decides between two wishes, the last call being the one that the state makes right; null where the user wants one thing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestCondition? Condition { get; init; }

    /// <summary>What keeps the agent from simply serving it; null for an ordinary request.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestAbstention? Abstention { get; init; }

    /// <summary>What the user says wrongly first; null where it says all rightly at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RequestCorrection? Correction { get; init; }
}
