using AgentScaler.Datasets;
using AgentScaler.Environments;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Graphs;
using AgentScaler.Models;
using AgentScaler.Tasks;
using AgentScaler.Tools;

namespace AgentScaler.Campaigns;

/// <summary>Everything that shapes a campaign's data. Its canonical form's hash is the campaign's identity.</summary>
public sealed record CampaignIdentity
{
    /// <summary>SHA-256 of the catalogues' documents, sorted: bytes count, not paths. Filled in when the documents are read.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>SHA-256 of the packages of which parts are given, sorted: their files count, not their paths. Filled in when the packages are read.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>The root of all randomness.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The roles that models play.</summary>
    public ModelsSettings Models { get; init; } = new();

    /// <summary>Reading and screening.</summary>
    public ToolSettings Tools { get; init; } = new();

    /// <summary>Similarity and domains.</summary>
    public GraphSettings Graph { get; init; } = new();

    /// <summary>Materialisation and audit.</summary>
    public EnvironmentSettings Environment { get; init; } = new();

    /// <summary>Task construction.</summary>
    public TaskSettings Tasks { get; init; } = new();

    /// <summary>Rollouts.</summary>
    public EpisodeSettings Episodes { get; init; } = new();

    /// <summary>Filtering.</summary>
    public FunnelSettings Funnel { get; init; } = new();

    /// <summary>What is written.</summary>
    public DatasetSettings Dataset { get; init; } = new();
}
