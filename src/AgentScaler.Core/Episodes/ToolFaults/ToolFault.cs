using System.Text.Json.Serialization;

namespace AgentScaler.Episodes.ToolFaults;

/// <summary>A failure of a tool that the host decided on from the episode's seed; the sandbox knows nothing of it. The calls that fail are not carried out.</summary>
/// <param name="Kind">How it fails.</param>
/// <param name="Tool">Which tool.</param>
/// <param name="Times">How many calls of it fail, counted from the episode's first; 0 for all.</param>
public sealed record ToolFault(ToolFaultKind Kind, string Tool, int Times)
{
    /// <summary>Where the tool never works: the 0-based gold calls that can't be made, those that need their results among them; sorted.</summary>
    public IReadOnlyList<int> Excused { get; init; } = [];

    /// <summary>Where the tool never works: the state hash after gold's other calls; null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? GoldHash { get; init; }

    /// <summary>Whether the same call works when it is made again often enough.</summary>
    [JsonIgnore]
    public bool IsTransient => Kind != ToolFaultKind.OutOfService;

    /// <summary>Whether a call failed for this and not by the agent's doing.</summary>
    public bool Explains(RecordedCall call) => call.IsError && call.Tool == Tool && call.ErrorCode == ToolFaultErrors.CodeOf(Kind);
}
