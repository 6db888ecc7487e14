using AgentScaler.Environments;

namespace AgentScaler.Episodes.ToolFaults;

/// <summary>Counts an episode's calls of a failing tool, and fails those that are to fail.</summary>
/// <param name="fault">The failure; null for none.</param>
internal sealed class ToolFaultCounter(ToolFault? fault)
{
    private int calls;

    /// <summary>What the next call of a tool answers in place of its result; null if it is carried out. To be asked once for each call, in order.</summary>
    public ToolResult? Next(string tool) => fault is not null && tool == fault.Tool && (calls++ < fault.Times || fault.Times == 0) ? ToolFaultErrors.Of(fault) : null;
}
