using AgentScaler.Environments;

namespace AgentScaler.Episodes.Checkpoints;

/// <summary>What came of one call.</summary>
/// <param name="Result">The result.</param>
/// <param name="StateHash">The state hash after it.</param>
public sealed record CallOutcome(ToolResult Result, string StateHash);
