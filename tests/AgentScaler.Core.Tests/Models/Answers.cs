using AgentScaler.Models;
using AgentScaler.Models.Replies;
using Microsoft.Extensions.AI;

namespace AgentScaler.Core.Tests.Models;

/// <summary>A client that gives one reply after the other, and remembers what it was asked.</summary>
internal sealed class Answers(params IReadOnlyList<Func<ModelReply>> replies) : IChatClient
{
    private int next;

    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    /// <summary>A reply of text.</summary>
    public static Func<ModelReply> Text(string? text, string finish = "stop") =>
        () => new ModelReply { Text = text, Finish = finish, Usage = new ModelUsage(1, 10, 0, 5, 0) };

    /// <summary>A fault.</summary>
    public static Func<ModelReply> Fault(ModelFault fault) => () => throw new ModelException(fault, $"fault {fault}");

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Asked.Add([.. messages]);
        return Task.FromResult(ReplyContents.Write(replies[Math.Min(next++, replies.Count - 1)]()));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
