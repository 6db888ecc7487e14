using System.ComponentModel.DataAnnotations;
using AgentScaler.Models;
using AgentScaler.Training;

namespace AgentScaler.Campaigns;

/// <summary>How a campaign is run; nothing here changes a byte of its data.</summary>
public sealed record CampaignOperations
{
    /// <summary>Files, folders and globs to read catalogues from, relative to the campaign document.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>
    /// Folders with parts of environment packages (tools.json, and any of schema.json, state.json, policy.md, programs/TOOL.js), relative to the
    /// campaign document: each becomes one environment beside those of the sources; what is given is kept, the rest is made.
    /// </summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>Steps that run at once on one machine, 1-256; 0 means one per processor.</summary>
    [Range(0, 256)]
    public int Parallelism { get; init; }

    /// <summary>
    /// Replies of user and agent from one checkpoint of a running episode to the next, 0-1000; 0 means no checkpoints. Without it a checkpoint follows each
    /// reply of a model, and scripted episodes, which cost nothing to play again, have none.
    /// </summary>
    [Range(0, 1000)]
    public int? Checkpoints { get; init; }

    /// <summary>Where models are reached, and what may be spent on them.</summary>
    public ModelOperations Models { get; init; } = new();

    /// <summary>How <c>dataset phases</c> cuts the dataset into two phases of fine-tuning, where its options don't say; null for its defaults.</summary>
    public PhaseSettings? Phases { get; init; }

    /// <summary>SHA-256 of a document to the name people know it by; for reports only. Filled in when the documents are read.</summary>
    public SortedDictionary<string, string> DocumentNames { get; init; } = new(StringComparer.Ordinal);
}
