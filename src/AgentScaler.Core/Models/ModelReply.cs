namespace AgentScaler.Models;

/// <summary>A model's reply, as it came.</summary>
public sealed record ModelReply
{
    /// <summary>What it says, or null.</summary>
    public string? Text { get; init; }

    /// <summary>Its reasoning where the endpoint gives it apart from the text, or null.</summary>
    public string? Reasoning { get; init; }

    /// <summary>The calls it wants made; null if there are none.</summary>
    public IReadOnlyList<ModelToolCall>? Calls { get; init; }

    /// <summary>Why it refuses, or null.</summary>
    public string? Refusal { get; init; }

    /// <summary>Why it ended: <c>stop</c>, <c>tool_calls</c>, <c>length</c>, <c>content_filter</c>, or the endpoint's own word.</summary>
    public required string Finish { get; init; }

    /// <summary>The model that answered, in the endpoint's words; null if it does not say.</summary>
    public string? Model { get; init; }

    /// <summary>Tokens.</summary>
    public required ModelUsage Usage { get; init; }
}
