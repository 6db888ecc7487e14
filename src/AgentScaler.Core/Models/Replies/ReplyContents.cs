using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Replies;

/// <summary>Our replies as those of <see cref="IChatClient"/>, and back.</summary>
internal static class ReplyContents
{
    /// <summary>A response that carries a reply.</summary>
    public static ChatResponse Write(ModelReply reply)
    {
        var contents = new List<AIContent>();
        if (reply.Reasoning is { } reasoning)
        {
            contents.Add(new TextReasoningContent(reasoning));
        }

        if (reply.Text is { } text)
        {
            contents.Add(new TextContent(text));
        }

        foreach (var call in reply.Calls ?? [])
        {
            contents.Add(new FunctionCallContent(call.Id, call.Name, Arguments(call.Arguments)));
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = reply.Model,
            FinishReason = new ChatFinishReason(reply.Finish),
            RawRepresentation = reply,
            Usage = new UsageDetails
            {
                InputTokenCount = reply.Usage.InputTokens,
                CachedInputTokenCount = reply.Usage.CachedInputTokens,
                OutputTokenCount = reply.Usage.OutputTokens,
                ReasoningTokenCount = reply.Usage.ReasoningTokens,
                TotalTokenCount = reply.Usage.Tokens,
            },
        };
    }

    /// <summary>The reply that a response carries, whichever client made it.</summary>
    public static ModelReply Read(ChatResponse response)
    {
        if (response.RawRepresentation is ModelReply reply)
        {
            return reply;
        }

        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        var calls = contents.OfType<FunctionCallContent>()
            .Select(call => new ModelToolCall(call.CallId, call.Name, JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>())))
            .ToList();
        return new ModelReply
        {
            Text = Join(contents.OfType<TextContent>().Select(part => part.Text)),
            Reasoning = Join(contents.OfType<TextReasoningContent>().Select(part => part.Text)),
            Calls = calls.Count > 0 ? calls : null,
            Finish = response.FinishReason?.Value ?? ChatFinishReason.Stop.Value,
            Model = response.ModelId,
            Usage = new ModelUsage(
                1,
                response.Usage?.InputTokenCount ?? 0,
                response.Usage?.CachedInputTokenCount ?? 0,
                response.Usage?.OutputTokenCount ?? 0,
                response.Usage?.ReasoningTokenCount ?? 0),
        };
    }

    private static Dictionary<string, object?>? Arguments(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, object?>>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Join(IEnumerable<string?> parts) => string.Concat(parts) is { Length: > 0 } text ? text : null;
}
