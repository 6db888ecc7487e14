using AgentScaler.Models.Spending;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Clients;

/// <summary>Makes no call once the budget is spent. Next to the endpoint, behind the gate: calls that waited there are stopped too.</summary>
internal sealed class BudgetClient(IChatClient inner, BudgetGuard guard) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await guard.CheckAsync(cancellationToken);
        return await base.GetResponseAsync(messages, options, cancellationToken);
    }
}
