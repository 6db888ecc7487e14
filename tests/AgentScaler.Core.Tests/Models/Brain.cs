using System.Collections.Concurrent;
using AgentScaler.Models;
using AgentScaler.Models.Replies;
using Microsoft.Extensions.AI;

namespace AgentScaler.Core.Tests.Models;

/// <summary>A model that answers as a function says, and remembers what it was asked.</summary>
internal sealed class Brain(Func<Asked, ModelReply> answer) : IChatClient
{
    private readonly ConcurrentQueue<Asked> asked = new();

    public static Brain Saying(Func<Asked, string?> text) => new(question => Reply(text(question)));

    public static Brain Always(string? text) => Saying(_ => text);

    public static ModelReply Reply(string? text, string finish = "stop") => new() { Text = text, Finish = finish, Model = "brain", Usage = new ModelUsage(1, 10, 0, 5, 0) };

    /// <summary>All that was asked, in no order where questions are put at once.</summary>
    public IReadOnlyList<Asked> Questions => [.. asked];

    public RoleModel Builder(int semanticRetries = 2) => new(ModelRole.Builder, new ModelSettings { Model = "brain-1", SemanticRetries = semanticRetries }, this);

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var all = messages.ToList();
        var question = new Asked((options?.ResponseFormat as ChatResponseFormatJson)?.SchemaName ?? "", all[0].Text, all[1].Text, all);
        asked.Enqueue(question);
        return Task.FromResult(ReplyContents.Write(answer(question)));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
