using System.Text.Json;

namespace AgentScaler.Episodes;

/// <summary>A call as it was executed: what a replay must give again.</summary>
/// <param name="Id">The call's id in the transcript.</param>
/// <param name="Result">The result, JSON text.</param>
/// <param name="StateHash">The state hash after the call.</param>
/// <param name="RowsChanged">How many rows it changed.</param>
public sealed record RecordedCall(
    string Id, string Tool, JsonElement Arguments, string Result, bool IsError, string? ErrorCode, int RowsChanged, string StateHash);
