using AgentScaler.Models.Replies;
using Microsoft.Extensions.AI;

namespace AgentScaler.Models;

/// <summary>The model that plays one role. Safe to use from many threads at once.</summary>
/// <param name="role">The role.</param>
/// <param name="settings">The model and its sampling.</param>
/// <param name="client">The client, with everything around it that calls pass through.</param>
public sealed class RoleModel(ModelRole role, ModelSettings settings, IChatClient client)
{
    /// <summary>The role.</summary>
    public ModelRole Role => role;

    /// <summary>The model and its sampling.</summary>
    public ModelSettings Settings => settings;

    /// <summary>Asks for one reply.</summary>
    /// <param name="messages">The conversation so far, the system's message first.</param>
    /// <param name="call">Which of many calls it is.</param>
    /// <param name="tools">Tools it may call; null for none.</param>
    /// <param name="format">What the text must be; null for any text.</param>
    /// <exception cref="ModelException">There is no reply.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public async Task<ModelReply> AskAsync(
        IEnumerable<ChatMessage> messages,
        ModelCall call,
        IReadOnlyList<AITool>? tools = null,
        ChatResponseFormat? format = null,
        CancellationToken cancellationToken = default)
    {
        var options = new ChatOptions
        {
            ModelId = settings.Model,
            Temperature = (float?)settings.Temperature,
            TopP = (float?)settings.TopP,
            MaxOutputTokens = settings.MaximumOutputTokens,
            Seed = settings.SamplingSeed ? call.SamplingSeed : null,
            Tools = tools is { Count: > 0 } ? [.. tools] : null,
            AllowMultipleToolCalls = tools is { Count: > 0 } ? true : null,
            ResponseFormat = format,
        };
        CallTag.Put(options, new CallTag(role, call, settings.Reasoning));
        return ReplyContents.Read(await client.GetResponseAsync(messages, options, cancellationToken));
    }
}
