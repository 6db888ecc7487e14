using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Replies;

/// <summary>
/// Keeps replies, and takes them from there when the same is asked again. That a request was refused is kept too, for runs that ask nobody; others ask again, for it costs nothing and an endpoint may be
/// set up otherwise by then.
/// </summary>
internal sealed class KeptReplyClient(IChatClient inner, IArtifactStore store, ReplyMode mode, SpendLine line) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var tag = CallTag.Of(options);
        var name = KeptReplies.NameOf(tag.Role, ReplyKey.Of(request, options!));
        if (await KeptReplies.ReadAsync<ModelReply>(store, name, cancellationToken) is { } kept)
        {
            line.CountKept();
            return ReplyContents.Write(kept);
        }

        if (mode == ReplyMode.Replay)
        {
            throw await KeptReplies.ReadAsync<KeptRefusal>(store, KeptReplies.RefusalOf(name), cancellationToken) is { } refusal
                ? new ModelException(ModelFault.Rejected, refusal.Message)
                : KeptReplies.Missing(tag.Role, options!.ModelId, name);
        }

        ModelReply reply;
        try
        {
            reply = ReplyContents.Read(await base.GetResponseAsync(request, options, cancellationToken));
        }
        catch (ModelException e) when (e.Fault == ModelFault.Rejected)
        {
            await KeptReplies.KeepAsync(store, KeptReplies.RefusalOf(name), new KeptRefusal(e.Message), CancellationToken.None);
            throw;
        }

        // Two that asked the same at once go on with the same reply. It is paid for, so it is kept, whoever has lost interest meanwhile.
        return ReplyContents.Write(await KeptReplies.KeepAsync(store, name, reply, CancellationToken.None));
    }
}
