using System.Text.Json;

namespace AgentScaler.ModelServers.Chat;

/// <summary>A request for a chat completion, as the server read it.</summary>
public sealed record ChatRequest
{
    /// <summary>The model asked for: the deployment's name on Azure's path.</summary>
    public required string Model { get; init; }

    /// <summary>The conversation, oldest first; at least one message.</summary>
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>The functions offered.</summary>
    public IReadOnlyList<OfferedTool> Tools { get; init; } = [];

    /// <summary><c>auto</c>, <c>none</c>, <c>required</c>, or the name of the one function to call; null if not said.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>Whether several calls in one answer are wanted; null if not said.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The seed; null if none was sent.</summary>
    public long? Seed { get; init; }

    /// <summary><c>text</c>, <c>json_object</c> or <c>json_schema</c>; null if not said.</summary>
    public string? ResponseFormat { get; init; }

    /// <summary>The schema of <c>json_schema</c>.</summary>
    public JsonElement? ResponseSchema { get; init; }

    /// <summary>Whether the answer must fit that schema.</summary>
    public bool ResponseStrict { get; init; }

    /// <summary><c>max_completion_tokens</c>, else <c>max_tokens</c>; null if neither was sent.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The temperature; null if not sent.</summary>
    public double? Temperature { get; init; }

    /// <summary>The share of probability to draw from; null if not sent.</summary>
    public double? TopP { get; init; }

    /// <summary>Texts that end the answer.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Whether the answer is to come as server-sent events.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether a stream is to end with the usage.</summary>
    public bool StreamUsage { get; init; }

    /// <summary>The path asked.</summary>
    public required string Path { get; init; }

    /// <summary>The headers, their names in any case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body as it came.</summary>
    public required string Body { get; init; }
}
