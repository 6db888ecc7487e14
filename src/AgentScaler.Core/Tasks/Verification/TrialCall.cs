using System.Text.Json;
using AgentScaler.Environments;

namespace AgentScaler.Tasks.Verification;

/// <summary>A call of a trial with its result.</summary>
/// <param name="Arguments">A JSON object.</param>
/// <param name="StateHash">The state hash after the call.</param>
public sealed record TrialCall(string Tool, JsonElement Arguments, ToolResult Result, string StateHash);
