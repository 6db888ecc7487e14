using AgentScaler.Models;

namespace AgentScaler.Episodes;

/// <summary>One message of the agent: text, calls, or text beside calls. With calls the agent goes on after their results; without, the user speaks.</summary>
/// <param name="Text">What the user reads, or null.</param>
/// <param name="Calls">Executed in order; empty if there are none.</param>
/// <param name="ReasoningContent">Reasoning, apart from the text, or null.</param>
/// <param name="Usage">What it took a model; null if none was asked.</param>
public sealed record AgentTurn(string? Text, IReadOnlyList<AgentCall> Calls, string? ReasoningContent = null, ModelUsage? Usage = null);
