using AgentScaler.Funnel;

namespace AgentScaler.Datasets;

/// <summary>The results of one page of domains: <c>page.json</c>.</summary>
public sealed record DatasetPage
{
    /// <summary>References of its judgements, sorted by environment id.</summary>
    public required IReadOnlyList<string> Judgements { get; init; }

    /// <summary>Reference of the page's kept trajectories, sorted by id.</summary>
    public required string Kept { get; init; }

    /// <summary>Reference of the page's rejected trajectories, sorted by id.</summary>
    public required string Rejected { get; init; }

    /// <summary>Reference of the page's tasks' difficulties, sorted by task.</summary>
    public required string Difficulty { get; init; }

    /// <summary>Reference of the page's preference pairs, sorted by id.</summary>
    public required string Preferences { get; init; }

    /// <summary>What the funnel did, per environment, sorted by environment id.</summary>
    public required IReadOnlyList<EnvironmentFunnel> Environments { get; init; }

    /// <summary>Domains without an environment, sorted by domain id.</summary>
    public required IReadOnlyList<RejectedDomain> RejectedDomains { get; init; }

    /// <summary>Injected mistake against verdict.</summary>
    public required ConfusionTable Confusion { get; init; }

    /// <summary>Who spoke, sorted.</summary>
    public required IReadOnlyList<string> Generators { get; init; }

    /// <summary>Licences behind the kept trajectories, sorted.</summary>
    public required IReadOnlyList<string> Licences { get; init; }
}
