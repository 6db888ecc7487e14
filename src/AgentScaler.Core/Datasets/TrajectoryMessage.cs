namespace AgentScaler.Datasets;

/// <summary>A message of a record.</summary>
public sealed record TrajectoryMessage
{
    /// <summary><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Its text; left out where an assistant only calls.</summary>
    public string? Content { get; init; }

    /// <summary>The assistant's reasoning, apart from its text.</summary>
    public string? ReasoningContent { get; init; }

    /// <summary>The assistant's calls.</summary>
    public IReadOnlyList<TrajectoryToolCall>? ToolCalls { get; init; }

    /// <summary>For a tool message: the call it answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>For a tool message: the tool.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the loss covers it: true for the assistant's messages, false for all others (paper, Eq. 2).</summary>
    public required bool Train { get; init; }
}
