using AgentScaler.Campaigns.Steps;
using AgentScaler.Environments;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Packages;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>A domain of a campaign that has been built, or tried to be.</summary>
/// <param name="Reference">The artifact of the outcome.</param>
/// <param name="Outcome">What became of the domain.</param>
public sealed record CampaignEnvironment(string Reference, EnvironmentOutcome Outcome)
{
    /// <summary>All built or rejected domains found in a campaign's artifacts, sorted by the domain's name and id.</summary>
    /// <exception cref="StoreException">An artifact is damaged.</exception>
    public static async Task<IReadOnlyList<CampaignEnvironment>> ListAsync(IArtifactStore artifacts, CancellationToken cancellationToken)
    {
        var found = new List<CampaignEnvironment>();
        await foreach (var name in artifacts.ListAsync($"steps/{StepNames.BuildEnvironment.Name}/", cancellationToken))
        {
            if (ArtifactSibling.FileName(name) == EnvironmentArtifacts.Outcome)
            {
                found.Add(new CampaignEnvironment(name, await artifacts.ReadJsonAsync<EnvironmentOutcome>(name, cancellationToken)));
            }
        }

        return [.. found.OrderBy(built => built.Outcome.DomainName, StringComparer.Ordinal).ThenBy(built => built.Outcome.Domain, StringComparer.Ordinal)];
    }

    /// <summary>Reads the package of a domain that was kept.</summary>
    /// <exception cref="PackageException">It is missing or broken.</exception>
    public Task<EnvironmentPackage> ReadPackageAsync(IArtifactStore artifacts, CancellationToken cancellationToken) =>
        PackageFolder.ReadAsync(artifacts, ArtifactSibling.Of(Reference, EnvironmentArtifacts.Package), cancellationToken);

    /// <summary>Reads the audit; null if there was nothing to audit.</summary>
    /// <exception cref="StoreException">The artifact is damaged.</exception>
    public async Task<AuditReport?> ReadAuditAsync(IArtifactStore artifacts, CancellationToken cancellationToken)
    {
        var name = ArtifactSibling.Of(Reference, EnvironmentArtifacts.Audit);
        return await artifacts.ExistsAsync(name, cancellationToken) ? await artifacts.ReadJsonAsync<AuditReport>(name, cancellationToken) : null;
    }
}
