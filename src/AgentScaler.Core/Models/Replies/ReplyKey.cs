using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Json;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Replies;

/// <summary>
/// The key that a reply is kept under: a hash of everything that shapes it (role, model, sampling, messages, tools, wanted form), and of which call it is (trial, number), so
/// that trials that ask the same stay different.
/// </summary>
internal static class ReplyKey
{
    /// <summary>Raised when the meaning of what is kept changes; what was kept before is not found any more.</summary>
    private const int Version = 1;

    /// <summary>The key of a request: 64 hexadecimal digits.</summary>
    public static string Of(IEnumerable<ChatMessage> messages, ChatOptions options)
    {
        var tag = CallTag.Of(options);
        return Sha256Text.Of(CanonicalJson.Serialize(new Request(
            Version,
            tag.Role,
            tag.Call.Trial,
            tag.Call.Ordinal,
            options.ModelId,
            options.Temperature,
            options.TopP,
            options.MaxOutputTokens,
            options.Seed,
            tag.Reasoning,
            [.. messages.Select(message => new Message(message.Role.Value, [.. message.Contents.Select(Part)]))],
            options.Tools?.OfType<AIFunctionDeclaration>().Select(tool => new Tool(tool.Name, tool.Description, tool.JsonSchema)).ToList(),
            (options.ResponseFormat as ChatResponseFormatJson)?.Schema)));
    }

    private static IReadOnlyList<string?> Part(AIContent content) => content switch
    {
        TextContent text => ["text", text.Text],
        TextReasoningContent reasoning => ["reasoning", reasoning.Text],
        FunctionCallContent call => ["call", call.CallId, call.Name, JsonSerializer.Serialize(call.Arguments)],
        FunctionResultContent result => ["result", result.CallId, result.Result?.ToString()],
        _ => throw new NotSupportedException($"a message with {content.GetType().Name}"),
    };

    private sealed record Request(
        int Version,
        ModelRole Role,
        int Trial,
        int Ordinal,
        string? Model,
        float? Temperature,
        float? TopP,
        int? MaximumOutputTokens,
        long? Seed,
        ReasoningEffort? Reasoning,
        IReadOnlyList<Message> Messages,
        IReadOnlyList<Tool>? Tools,
        JsonElement? Schema);

    private sealed record Message(string Role, IReadOnlyList<IReadOnlyList<string?>> Parts);

    private sealed record Tool(string Name, string Description, JsonElement Parameters);
}
