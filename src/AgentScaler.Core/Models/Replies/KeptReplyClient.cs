using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Replies;

/// <summary>Keeps replies, and takes them from there when the same is asked again.</summary>
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
            throw KeptReplies.Missing(tag.Role, options!.ModelId, name);
        }

        var reply = ReplyContents.Read(await base.GetResponseAsync(request, options, cancellationToken));

        // Two that asked the same at once go on with the same reply. It is paid for, so it is kept, whoever has lost interest meanwhile.
        return ReplyContents.Write(await KeptReplies.KeepAsync(store, name, reply, CancellationToken.None));
    }
}
