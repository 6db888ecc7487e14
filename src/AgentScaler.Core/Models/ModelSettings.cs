using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Models;

/// <summary>The model that plays one role, and how it is sampled. Part of a campaign's identity; where the model is reached is not.</summary>
public sealed record ModelSettings
{
    /// <summary>The model's name as its endpoint knows it, 1-200 characters; also what the data says of who spoke.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string Model { get; init; } = "gpt-4.1-mini";

    /// <summary>Sampling temperature, 0-2; without it the endpoint's default (some reasoning models take none).</summary>
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling, 0-1; without it the endpoint's default.</summary>
    [Range(0.0, 1.0)]
    public double? TopP { get; init; }

    /// <summary>Most tokens of one reply, 1-1,000,000; without it the endpoint's default.</summary>
    [Range(1, 1_000_000)]
    public int? MaximumOutputTokens { get; init; }

    /// <summary>How long a reasoning model thinks; without it the endpoint's default.</summary>
    public ReasoningEffort? Reasoning { get; init; }

    /// <summary>Whether requests carry a sampling seed of the episode (<c>seed</c>); not every endpoint takes it.</summary>
    public bool SamplingSeed { get; init; } = true;

    /// <summary>How calls are written: by the endpoint's own fields, or as text in the form of Hermes and Qwen.</summary>
    public ToolCallForm ToolCalls { get; init; } = ToolCallForm.Native;

    /// <summary>How often a reply that can't be used (empty, cut off, not what was asked for) is asked for again, 0-10.</summary>
    [Range(0, 10)]
    public int SemanticRetries { get; init; } = 2;
}
