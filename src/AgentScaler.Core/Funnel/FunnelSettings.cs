using System.ComponentModel.DataAnnotations;
using AgentScaler.Funnel.Difficulty;

namespace AgentScaler.Funnel;

/// <summary>How episodes are filtered (pipeline.md, stage 6).</summary>
public sealed record FunnelSettings
{
    /// <summary>How strictly calls are compared with gold in the third stage.</summary>
    public MatchMode Match { get; init; } = MatchMode.Strict;

    /// <summary>An 8-gram repeated more often than this within one assistant message rejects, 1-1000.</summary>
    [Range(1, 1000)]
    public int MaximumEightGramRepeats { get; init; } = 4;

    /// <summary>Share of repeated 4-grams within one assistant message above which it rejects, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double MaximumFourGramShare { get; init; } = 0.3;

    /// <summary>Words a message needs before its share of repeated 4-grams is judged, 0-1000: in a short list of alike items a high share is ordinary language.</summary>
    [Range(0, 1000)]
    public int FourGramsFromWords { get; init; } = 40;

    /// <summary>The same call with the same arguments and result this many times rejects, 2-100.</summary>
    [Range(2, 100)]
    public int MaximumSameCalls { get; init; } = 4;

    /// <summary>Share of kept episodes that may contain tool errors, 0-1.</summary>
    [Range(0.0, 1.0)]
    public double ErrorQuota { get; init; } = 0.3;

    /// <summary>Whether an episode must also tell the user what its task asks for where gold writes; where gold only reads it always must.</summary>
    public bool RequireOutputs { get; init; } = true;

    /// <summary>Whether calls that the environment's policy says must be confirmed have to be (<see cref="AgentConduct"/>).</summary>
    public bool RequireConfirmation { get; init; } = true;

    /// <summary>Whether every recorded call is made again, and its result and state must be as recorded (<see cref="ReplayCheck"/>).</summary>
    public bool Replay { get; init; } = true;

    /// <summary>Bands of difficulty, and what share each should have.</summary>
    public DifficultySettings Difficulty { get; init; } = new();
}
