using System.Text.Json.Serialization;

namespace AgentScaler.Models;

/// <summary>Tokens of one or several replies, as the endpoint counted them.</summary>
/// <param name="Requests">Replies, also those that could not be used.</param>
/// <param name="InputTokens">All of the request.</param>
/// <param name="CachedInputTokens">Those among them that the endpoint had in its cache.</param>
/// <param name="OutputTokens">All of the reply, with its reasoning.</param>
/// <param name="ReasoningTokens">Those among them that were reasoning.</param>
public sealed record ModelUsage(int Requests, long InputTokens, long CachedInputTokens, long OutputTokens, long ReasoningTokens)
{
    /// <summary>Nothing.</summary>
    public static readonly ModelUsage None = new(0, 0, 0, 0, 0);

    /// <summary>Input and output.</summary>
    [JsonIgnore]
    public long Tokens => InputTokens + OutputTokens;

    /// <summary>The sum of two.</summary>
    public static ModelUsage operator +(ModelUsage left, ModelUsage right) => new(
        left.Requests + right.Requests,
        left.InputTokens + right.InputTokens,
        left.CachedInputTokens + right.CachedInputTokens,
        left.OutputTokens + right.OutputTokens,
        left.ReasoningTokens + right.ReasoningTokens);
}
