using Microsoft.Extensions.AI;

namespace AgentScaler.Models.Structured;

/// <summary>Why a reply is none that can be used, before anybody looks at what it says.</summary>
internal static class ReplyFault
{
    /// <summary>What is wrong with a reply that should be text; null if it is some.</summary>
    public static string? Of(ModelReply reply) =>
        OfEnd(reply)
        ?? (reply.Refusal is { } refusal ? $"the model refuses: {refusal}"
        : string.IsNullOrWhiteSpace(reply.Text) ? "it is empty"
        : null);

    /// <summary>What is wrong with how a reply ended; null if it ended well.</summary>
    public static string? OfEnd(ModelReply reply) =>
        reply.Finish == ChatFinishReason.Length.Value ? "it was cut off at the limit of tokens"
        : reply.Finish == ChatFinishReason.ContentFilter.Value ? "it was stopped by the endpoint's content filter"
        : null;
}
