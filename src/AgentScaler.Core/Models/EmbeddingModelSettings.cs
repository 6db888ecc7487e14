using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Models;

/// <summary>The model that embeds tools. Part of a campaign's identity.</summary>
public sealed record EmbeddingModelSettings
{
    /// <summary>The model's name as its endpoint knows it, 1-200 characters.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string Model { get; init; } = "text-embedding-3-small";

    /// <summary>Wanted dimensions, 8-16,384; without it the model's own.</summary>
    [Range(8, 16_384)]
    public int? Dimensions { get; init; }

    /// <summary>Texts a request, 1-2,048.</summary>
    [Range(1, 2_048)]
    public int BatchSize { get; init; } = 128;
}
