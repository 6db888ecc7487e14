using AgentScaler.Datasets.Writers;
using AgentScaler.Episodes;
using AgentScaler.Funnel;

namespace AgentScaler.Datasets;

/// <summary>What a dataset says of the campaign it comes from.</summary>
/// <param name="Name">The dataset's name.</param>
/// <param name="Identity">SHA-256 of the campaign identity's canonical form.</param>
/// <param name="Seed">The root seed.</param>
public sealed record DatasetOrigin(string Name, string Identity, long Seed, EpisodeSettings Episodes, FunnelSettings Funnel)
{
    /// <summary>Which model plays which role, by role.</summary>
    public SortedDictionary<string, string> Models { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The consumers it is written for, besides the canonical form.</summary>
    public IReadOnlyList<ExportFormat> Formats { get; init; } = [];

    /// <summary>Whether preference pairs are made.</summary>
    public bool Pairs { get; init; } = true;

    /// <summary>Episodes that people decided on, by decision; null where nobody reviewed the dataset.</summary>
    public SortedDictionary<string, long>? Review { get; init; }
}
