using Microsoft.Extensions.AI;
using AgentScaler.Models.Replies;
using OpenAI.Chat;

namespace AgentScaler.Models.Clients;

/// <summary>Next to the OpenAI package: sends requests without losses and gives replies whole, malformed arguments as they came.</summary>
internal sealed class OpenAIReplyClient(IChatClient inner, string model, OutputLimitField limit) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<Microsoft.Extensions.AI.ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await base.GetResponseAsync(messages, OpenAIRequest.Of(options!, model, limit), cancellationToken);
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
