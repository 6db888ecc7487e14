using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Funnel;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>The tool that was made to fail in an episode.</summary>
/// <param name="Kind"><c>timeout</c>, <c>rate-limited</c>, <c>unavailable</c> (each passes), <c>out-of-service</c> (never works), or <c>none</c>.</param>
/// <param name="Tool">Its name; empty for none.</param>
public sealed record TrajectoryToolFault(string Kind, string Tool)
{
    /// <summary>That of an episode.</summary>
    public static TrajectoryToolFault Of(ToolFault? fault) => fault is null ? new(FaultEffects.None, string.Empty) : new(EnumWord.Of(fault.Kind), fault.Tool);
}
