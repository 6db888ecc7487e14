using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Tools;

/// <summary>How catalogues are read and screened (pipeline.md, stage 1).</summary>
public sealed record ToolSettings
{
    /// <summary>Shortest description, in characters, 0-1000.</summary>
    [Range(0, 1000)]
    public int MinimumDescription { get; init; } = 10;

    /// <summary>Most parameters a tool may have, 1-1000; a tool with more is a form, not a tool.</summary>
    [Range(1, 1000)]
    public int MaximumParameters { get; init; } = 60;

    /// <summary>Whether a tool must declare its result, or have a method or verb that tells it. Parts of a package that a person gives need not: their programs tell.</summary>
    public bool RequireReturns { get; init; } = true;

    /// <summary>Share of a provider's tools above which a parameter counts as boilerplate, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double BoilerplateShare { get; init; } = 0.5;
}
