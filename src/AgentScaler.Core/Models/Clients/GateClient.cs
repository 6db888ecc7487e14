using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Clients;

/// <summary>Passes calls through their endpoint's gate.</summary>
internal sealed class GateClient(IChatClient inner, EndpointGate gate) : DelegatingChatClient(inner)
{
    private const int FirstGuess = 256;
    private long replyTokens = FirstGuess;

    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => gate.PassAsync(
        TokenEstimate.Of(messages, options) + (int)Volatile.Read(ref replyTokens),
        async () =>
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            if (response.Usage?.OutputTokenCount is > 0 and var output)
            {
                // A running mean that needs no exactness: it only plans ahead.
                Volatile.Write(ref replyTokens, ((Volatile.Read(ref replyTokens) * 7) + output) / 8);
            }

            return response;
        },
        response => response.Usage?.TotalTokenCount,
        cancellationToken);
}
