namespace AgentScaler.ModelServers.Chat;

/// <summary>One message of a request.</summary>
public sealed record ChatTurn
{
    /// <summary><c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The text; of a list of parts their texts one after the other. Null where the message has none.</summary>
    public string? Content { get; init; }

    /// <summary>The types of the parts (<c>text</c>, <c>image_url</c>, ...) where content came as a list; else empty.</summary>
    public IReadOnlyList<string> PartTypes { get; init; } = [];

    /// <summary>The speaker's name.</summary>
    public string? Name { get; init; }

    /// <summary>The calls that an assistant made.</summary>
    public IReadOnlyList<ChatCall> ToolCalls { get; init; } = [];

    /// <summary>The call that a tool's message answers.</summary>
    public string? ToolCallId { get; init; }
}
