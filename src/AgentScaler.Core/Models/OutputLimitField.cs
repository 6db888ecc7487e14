using System.Text.Json.Serialization;

namespace AgentScaler.Models;

/// <summary>The request's field that limits the tokens of a reply.</summary>
public enum OutputLimitField
{
    /// <summary><c>max_completion_tokens</c>.</summary>
    [JsonStringEnumMemberName("max_completion_tokens")]
    MaxCompletionTokens,

    /// <summary><c>max_tokens</c>.</summary>
    [JsonStringEnumMemberName("max_tokens")]
    MaxTokens,
}
