using AgentScaler.Models.Replies;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Clients;

/// <summary>Writes down what each reply cost, before anybody reads it; and of answers that were lost, or that nobody waited for any more, what the request was about.</summary>
internal sealed class LedgerClient(IChatClient inner, SpendLine line) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e) when (e is ModelException { MayBeBilled: true } || (e is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // A budget that counts only answers that arrive holds nothing back where none do, nor does one where runs are broken off again and again.
            await AddAsync(new ModelUsage(1, TokenEstimate.Of(messages, options), 0, 0, 0), isCounted: false);
            throw;
        }

        var reply = ReplyContents.Read(response);
        var isCounted = reply.Usage.Tokens > 0;
        if (!isCounted)
        {
            reply = reply with { Usage = reply.Usage with { InputTokens = TokenEstimate.Of(messages, options), OutputTokens = TokenEstimate.Of(reply) } };
        }

        await AddAsync(reply.Usage, isCounted);
        return ReplyContents.Write(reply);
    }

    private async Task AddAsync(ModelUsage usage, bool isCounted)
    {
        try
        {
            // Paid for, whoever has lost interest meanwhile.
            await line.AddAsync(usage, isCounted, CancellationToken.None);
        }
        catch (StoreException)
        {
            // It counts all the same and is kept with the next; a reply that was paid for must not be lost for it.
        }
    }
}
