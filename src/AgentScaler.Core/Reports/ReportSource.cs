using AgentScaler.Campaigns;
using AgentScaler.Datasets;
using AgentScaler.Funnel;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Reports;

/// <summary>What a report is made from: the accounts of a finished campaign, and where its episodes are.</summary>
public sealed record ReportSource
{
    /// <summary>The dataset's manifest.</summary>
    public required DatasetManifest Manifest { get; init; }

    /// <summary>The stages summed up.</summary>
    public required CampaignSummary Summary { get; init; }

    /// <summary>What the funnel did, also per environment.</summary>
    public required FunnelReport Funnel { get; init; }

    /// <summary>References of the judgements, in the order in which their environments are shown.</summary>
    public required IReadOnlyList<string> Judgements { get; init; }

    /// <summary>Domains without an environment.</summary>
    public required IReadOnlyList<RejectedDomain> RejectedDomains { get; init; }

    /// <summary>SHA-256 of a document to the name people know it by, as far as that is known.</summary>
    public IReadOnlyDictionary<string, string> DocumentNames { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Times and machine of the last run; null where they are not known.</summary>
    public ReportRun? Run { get; init; }

    /// <summary>What models have cost; null if none plays a role.</summary>
    public SpendReport? Spent { get; init; }

    /// <summary>Finds what a finished campaign left.</summary>
    /// <param name="runner">The campaign's steps; none is run.</param>
    /// <param name="campaign">Reference of its identity.</param>
    /// <param name="earlier">Earlier increments of its series, or null.</param>
    /// <returns>Null while there is no dataset.</returns>
    /// <exception cref="StoreException">The store failed, or an artifact is damaged.</exception>
    public static async Task<ReportSource?> FindAsync(
        IArtifactStore artifacts, StepRunner runner, string campaign, IReadOnlyList<string>? earlier, CancellationToken cancellationToken)
    {
        var footprint = await CampaignFootprint.FindAsync(runner, campaign, earlier, cancellationToken);
        var assembly = footprint.Steps.LastOrDefault(run => run.Prefix.StartsWith($"steps/{StepNames.AssembleDataset.Name}/", StringComparison.Ordinal));
        return assembly is not null && await artifacts.ExistsAsync(assembly.NewArtifact(DatasetManifest.FileName), cancellationToken)
            ? await ReadAsync(artifacts, assembly.NewArtifact(DatasetManifest.FileName), [.. assembly.Inputs.Skip(2)], cancellationToken)
            : null;
    }

    private static async Task<ReportSource> ReadAsync(IArtifactStore artifacts, string manifest, IReadOnlyList<string> pages, CancellationToken cancellationToken)
    {
        var judgements = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var rejected = new List<RejectedDomain>();
        foreach (var reference in pages)
        {
            var page = await artifacts.ReadJsonAsync<DatasetPage>(reference, cancellationToken);
            rejected.AddRange(page.RejectedDomains);
            foreach (var (judgement, environment) in page.Judgements.Zip(page.Environments))
            {
                judgements[environment.DomainName + "\n" + environment.Environment] = judgement;
            }
        }

        return new ReportSource
        {
            Manifest = await artifacts.ReadJsonAsync<DatasetManifest>(manifest, cancellationToken),
            Summary = await artifacts.ReadJsonAsync<CampaignSummary>(ArtifactSibling.Of(manifest, CampaignSummary.FileName), cancellationToken),
            Funnel = await artifacts.ReadJsonAsync<FunnelReport>(ArtifactSibling.Of(manifest, "funnel.json"), cancellationToken),
            Judgements = [.. judgements.Values],
            RejectedDomains = [.. rejected.OrderBy(domain => domain.DomainName, StringComparer.Ordinal).ThenBy(domain => domain.Domain, StringComparer.Ordinal)],
        };
    }
}
