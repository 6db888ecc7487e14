using AgentScaler.Models.Replies;
using AgentScaler.Models.Spending;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Clients;

/// <summary>Writes down what each reply cost, before anybody reads it.</summary>
internal sealed class LedgerClient(IChatClient inner, SpendLine line) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var response = await base.GetResponseAsync(messages, options, cancellationToken);
        var reply = ReplyContents.Read(response);
        var isCounted = reply.Usage.Tokens > 0;
        if (!isCounted)
        {
            reply = reply with { Usage = reply.Usage with { InputTokens = TokenEstimate.Of(messages, options), OutputTokens = TokenEstimate.Of(reply) } };
        }

        // A reply that came is paid for, whoever has lost interest meanwhile.
        await line.AddAsync(reply.Usage, isCounted, CancellationToken.None);
        return ReplyContents.Write(reply);
    }
}
