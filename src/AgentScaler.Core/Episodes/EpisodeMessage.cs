namespace AgentScaler.Episodes;

/// <summary>One message of a transcript.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Content">Its text; null for an assistant message that only calls tools.</param>
/// <param name="ToolCalls">The calls of an assistant message, or null.</param>
/// <param name="ToolCallId">For a tool message: the call it answers.</param>
/// <param name="Name">For a tool message: the tool.</param>
/// <param name="ReasoningContent">The assistant's reasoning, apart from what it says, or null.</param>
public sealed record EpisodeMessage(
    string Role,
    string? Content,
    IReadOnlyList<EpisodeToolCall>? ToolCalls = null,
    string? ToolCallId = null,
    string? Name = null,
    string? ReasoningContent = null);
