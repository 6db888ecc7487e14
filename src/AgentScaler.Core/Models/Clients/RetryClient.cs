using Microsoft.Extensions.AI;
using Polly;

namespace AgentScaler.Models.Clients;

/// <summary>Tries calls again by <see cref="TransportRetry"/>.</summary>
internal sealed class RetryClient(IChatClient inner, ResiliencePipeline retry) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        return await retry.ExecuteAsync(async token => await base.GetResponseAsync(request, options, token), cancellationToken);
    }
}
