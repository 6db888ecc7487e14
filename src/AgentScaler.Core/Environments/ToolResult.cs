namespace AgentScaler.Environments;

/// <summary>What a tool call answered. A tool error is an answer too; state is then as before the call.</summary>
/// <param name="Content">The result as JSON text; for an error <c>{"error":{"code":...,"message":...}}</c>.</param>
/// <param name="IsError">Whether the program threw, or the arguments did not fit the tool's schema.</param>
/// <param name="ErrorCode">The error's code, e.g. <c>not_found</c>, <c>invalid_arguments</c>, <c>unknown_tool</c>, <c>program_error</c>; null without error.</param>
/// <param name="RowsChanged">How many rows the call changed.</param>
public sealed record ToolResult(string Content, bool IsError, string? ErrorCode, int RowsChanged);
