using Microsoft.Extensions.AI;

namespace AgentScaler.Models;

/// <summary>What the clients around a model need to know of a call beside the request: it travels in the options and is never sent.</summary>
internal sealed record CallTag(ModelRole Role, ModelCall Call, ReasoningEffort? Reasoning)
{
    private const string Key = "agentscaler.call";

    /// <summary>Puts the tag into a request's options.</summary>
    public static void Put(ChatOptions options, CallTag tag) => (options.AdditionalProperties ??= [])[Key] = tag;

    /// <summary>The tag of a request.</summary>
    /// <exception cref="ArgumentException">It has none: it was not made by <see cref="RoleModel"/>.</exception>
    public static CallTag Of(ChatOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(Key) as CallTag ?? throw new ArgumentException("the request is no role's: it has no tag", nameof(options));
}
