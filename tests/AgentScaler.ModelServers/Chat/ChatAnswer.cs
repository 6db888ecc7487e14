namespace AgentScaler.ModelServers.Chat;

/// <summary>What a brain answers.</summary>
public sealed record ChatAnswer
{
    /// <summary>The text; null beside calls or a refusal.</summary>
    public string? Content { get; init; }

    /// <summary>Reasoning apart from the text, sent as <c>reasoning_content</c>; null for none.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The calls, their arguments as raw text.</summary>
    public IReadOnlyList<ChatCall> ToolCalls { get; init; } = [];

    /// <summary>Why the model won't answer; null if it does.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why the answer ended; by default <c>tool_calls</c> where there are calls, else <c>stop</c>.</summary>
    public string? FinishReason { get; init; }

    /// <summary>What the answer claims to have used, and what is tallied; null for the server's own count, or none beside <see cref="RawBody"/>.</summary>
    public ChatUsage? Usage { get; init; }

    /// <summary>Sent in place of the answer, as it is; null for none.</summary>
    public string? RawBody { get; init; }

    /// <summary>The status of <see cref="RawBody"/>.</summary>
    public int RawStatus { get; init; } = 200;

    /// <summary>The media type of <see cref="RawBody"/>.</summary>
    public string RawType { get; init; } = "application/json";

    internal string EndReason => FinishReason ?? (ToolCalls.Count > 0 ? "tool_calls" : "stop");

    /// <summary>An answer of text.</summary>
    public static ChatAnswer Text(string content) => new() { Content = content };

    /// <summary>An answer of calls.</summary>
    public static ChatAnswer Call(params ChatCall[] calls) => new() { ToolCalls = calls };
}
