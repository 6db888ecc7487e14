using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Models;

/// <summary>Where a role's model is reached, what it takes and what it costs. No part of a campaign's identity.</summary>
public sealed record ModelEndpoint
{
    /// <summary>Address of an OpenAI-compatible API, up to and with <c>/v1</c>; for Azure OpenAI <c>https://NAME.openai.azure.com/openai/v1/</c>.</summary>
    public Uri Address { get; init; } = new("https://api.openai.com/v1");

    /// <summary>The name to ask the endpoint for, where it is not the model's (a deployment).</summary>
    public string? Deployment { get; init; }

    /// <summary>The environment variable with the key; one that is not set means no key, which local servers don't ask for.</summary>
    public string KeyVariable { get; init; } = "OPENAI_API_KEY";

    /// <summary>Whether to sign in by the machine's or user's Entra identity instead of a key.</summary>
    public bool Identity { get; init; }

    /// <summary>Most requests at once, 1-4,096; fewer while the endpoint refuses or fails.</summary>
    [Range(1, 4_096)]
    public int Concurrency { get; init; } = 32;

    /// <summary>Most requests a minute, from 1; without it no limit but the endpoint's own.</summary>
    [Range(1, int.MaxValue)]
    public int? RequestsPerMinute { get; init; }

    /// <summary>Most tokens a minute, in and out, from 1; without it no limit but the endpoint's own.</summary>
    [Range(1, int.MaxValue)]
    public int? TokensPerMinute { get; init; }

    /// <summary>Seconds until a request without a whole answer is given up, 1-3,600.</summary>
    [Range(1, 3_600)]
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>Attempts at a request that fails on its way (refused, server errors, broken answers), 1-100.</summary>
    [Range(1, 100)]
    public int Attempts { get; init; } = 8;

    /// <summary>The field that limits the tokens of a reply: older servers know only <c>max_tokens</c>.</summary>
    public OutputLimitField OutputLimit { get; init; } = OutputLimitField.MaxCompletionTokens;

    /// <summary>USD for a million input tokens, from 0.</summary>
    [Range(0.0, 1e6)]
    public double InputPrice { get; init; }

    /// <summary>USD for a million input tokens that the endpoint had in its cache, from 0; without it the input price.</summary>
    [Range(0.0, 1e6)]
    public double? CachedInputPrice { get; init; }

    /// <summary>USD for a million output tokens, from 0.</summary>
    [Range(0.0, 1e6)]
    public double OutputPrice { get; init; }
}
