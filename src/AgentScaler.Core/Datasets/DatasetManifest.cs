using AgentScaler.Datasets.Decontamination;
using AgentScaler.Funnel;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Datasets;

/// <summary>A dataset's manifest: what it is, what it was made from, and the hash of every file.</summary>
public sealed record DatasetManifest
{
    /// <summary>The file's name.</summary>
    public const string FileName = "manifest.json";

    /// <summary>What a reader must know first; the first key of the file.</summary>
    public required string About { get; init; }

    /// <summary>Who spoke: <c>scripted</c>, or the models.</summary>
    public required string Generator { get; init; }

    /// <summary>Which model played which role, by role; empty where none did.</summary>
    public required SortedDictionary<string, string> Models { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the campaign identity's canonical form.</summary>
    public required string Identity { get; init; }

    /// <summary>The root seed.</summary>
    public required long Seed { get; init; }

    /// <summary>Version of the records' shape.</summary>
    public required string SchemaVersion { get; init; }

    /// <summary>The software that made it.</summary>
    public required string Software { get; init; }

    /// <summary>The steps that made it, with their versions.</summary>
    public SortedDictionary<string, int> Steps { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Licences behind the kept trajectories, sorted.</summary>
    public required IReadOnlyList<string> Licences { get; init; }

    /// <summary>What it was made from.</summary>
    public required DatasetCounts Counts { get; init; }

    /// <summary>What its tasks cover of tools and dependency edges; null where no step says.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>Kept trajectories by the difficulty of their task (<c>easy</c>, <c>medium</c>, <c>hard</c>, <c>unsolved</c>); empty where none is recorded.</summary>
    public SortedDictionary<string, long> Difficulty { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What the funnel did.</summary>
    public required FunnelCounts Funnel { get; init; }

    /// <summary>What was found of benchmarks in it, and done; null where nobody looked.</summary>
    public DatasetDecontamination? Decontamination { get; init; }

    /// <summary>Episodes that people decided on, by decision (<c>accept</c>, <c>reject</c>, <c>quarantine-task</c>, <c>quarantine-tool</c>); null where nobody reviewed the dataset.</summary>
    public SortedDictionary<string, long>? Review { get; init; }

    /// <summary>Its files, sorted by path; the manifest itself is not among them.</summary>
    public required IReadOnlyList<DatasetFile> Files { get; init; }
}
