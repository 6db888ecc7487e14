using System.Text.Json;
using AgentScaler.Models.Replies;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace AgentScaler.Models.Clients;

/// <summary>Next to the OpenAI package: sends requests without losses and gives replies whole, malformed arguments as they came.</summary>
internal sealed class OpenAIReplyClient(IChatClient inner, string model, OutputLimitField limit) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = OpenAIRequest.Of(options!, model, limit);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, request, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            // What the package can't read of an answer that was one by its outer form.
            throw new ModelException(ModelFault.BrokenAnswer, $"{CallTag.Of(options).Role.Name()} {model}: an answer that can't be read ({EndpointHandler.Cut(e.Message)})") { MayBeBilled = true };
        }

        var reply = ReplyContents.Read(response);
        var completion = response.RawRepresentation as ChatCompletion;
        return ReplyContents.Write(reply with
        {
            Calls = completion?.ToolCalls is { Count: > 0 } calls
                ? [.. calls.Select(call => new ModelToolCall(call.Id, call.FunctionName, call.FunctionArguments.ToString()))]
                : reply.Calls,
            Refusal = completion?.Refusal,
        });
    }
}
