using System.ComponentModel.DataAnnotations;

namespace AgentScaler.Graphs;

/// <summary>How tools become domains (pipeline.md, stage 2).</summary>
public sealed record GraphSettings
{
    /// <summary>Least cosine similarity of an edge, 0-1; without it 0.35 for the embedded hashing embedder, whose cosines are lower than those of models, and 0.5 for a model.</summary>
    [Range(0.0, 1.0)]
    public double? Threshold { get; init; }

    /// <summary>Most edges at a tool on average, 1-1000: where the threshold leaves more, it rises.</summary>
    [Range(1, 1000)]
    public int MaximumMeanDegree { get; init; } = 100;

    /// <summary>Louvain resolution, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Resolution { get; init; } = 1.0;

    /// <summary>Fewest tools of a domain, 1-100.</summary>
    [Range(1, 100)]
    public int MinimumTools { get; init; } = 2;

    /// <summary>Most tools of a domain, 2-100; larger communities are split at a higher resolution.</summary>
    [Range(2, 100)]
    public int MaximumTools { get; init; } = 20;

    /// <summary>Least similarity at which a single tool joins its best neighbour's domain, 0-1; without it 0.35 for the embedded hashing embedder (any edge will do) and 0.6 for a model.</summary>
    [Range(0.0, 1.0)]
    public double? AttachThreshold { get; init; }

    /// <summary>Composite domains beside the others, as a share of their number, 0-0.5: each joins two domains in which the same things of a provider occur, so that tasks lead from one into the other.</summary>
    [Range(0.0, 0.5)]
    public double CompositeShare { get; init; }

    /// <summary>Least similarity of an output field's and a parameter's name for a dependency, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double DependencyThreshold { get; init; } = 0.4;

    /// <summary>Least confidence of a model at which a dependency stands, 0-1; without a model the match alone decides.</summary>
    [Range(0.0, 1.0)]
    public double EdgeConfidence { get; init; } = 0.5;

    /// <summary>Domains a page, 1-100.</summary>
    [Range(1, 100)]
    public int PageSize { get; init; } = 50;

    /// <summary>The settings with thresholds for vectors of the hashing embedder where none are given.</summary>
    internal GraphSettings ForHashing() => this with { Threshold = Threshold ?? 0.35, AttachThreshold = AttachThreshold ?? 0.35 };

    /// <summary>The settings with thresholds for vectors of a model where none are given.</summary>
    internal GraphSettings ForModel() => this with { Threshold = Threshold ?? 0.5, AttachThreshold = AttachThreshold ?? 0.6 };
}
