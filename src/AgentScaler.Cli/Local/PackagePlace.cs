using AgentScaler.Campaigns;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Packages;
using AgentScaler.Storage;

namespace AgentScaler.Cli.Local;

/// <summary>Where packages are: a package's own folder, or a campaign's, which holds many. Disposed of after use.</summary>
internal sealed class PackagePlace : IDisposable
{
    private readonly string path;
    private readonly IArtifactStore store;
    private readonly IDisposable owner;

    private PackagePlace(string path, IArtifactStore store, IDisposable owner, bool isCampaign)
    {
        this.path = path;
        this.store = store;
        this.owner = owner;
        IsCampaign = isCampaign;
    }

    /// <summary>Whether it is a campaign's folder.</summary>
    public bool IsCampaign { get; }

    /// <summary>The artifacts: of the campaign, or of the package's folder.</summary>
    public IArtifactStore Artifacts => store;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="UsageException">It holds neither a package nor a campaign.</exception>
    public static PackagePlace Open(string path)
    {
        if (File.Exists(Path.Combine(path, PackageFiles.Manifest)))
        {
            var folder = new FolderArtifactStore(path);
            return new PackagePlace(path, folder, folder, isCampaign: false);
        }

        if (File.Exists(Path.Combine(path, CampaignFolder.DocumentName)))
        {
            var campaign = CampaignFolder.OpenExisting(path);
            return new PackagePlace(path, campaign.Artifacts, campaign, isCampaign: true);
        }

        throw new UsageException($"'{path}' holds neither an environment package ({PackageFiles.Manifest}) nor a campaign ({CampaignFolder.DocumentName})");
    }

    /// <summary>The domains of a campaign, built or rejected; none for a package's folder.</summary>
    public async Task<IReadOnlyList<CampaignEnvironment>> ListAsync(CancellationToken cancellationToken) =>
        IsCampaign ? await CampaignEnvironment.ListAsync(store, cancellationToken) : [];

    /// <summary>Reads one package and its stored audit.</summary>
    /// <param name="environment">Of a campaign: its id, the beginning of it, or its name; null where there is only one.</param>
    /// <exception cref="UsageException">None or several are meant.</exception>
    public async Task<(EnvironmentPackage Package, AuditReport? Audit)> ReadAsync(string? environment, CancellationToken cancellationToken)
    {
        if (!IsCampaign)
        {
            var audit = await store.ExistsAsync(PackageFiles.Audit, cancellationToken) ? await store.ReadJsonAsync<AuditReport>(PackageFiles.Audit, cancellationToken) : null;
            return (await PackageFolder.ReadAsync(store, "", cancellationToken), audit);
        }

        var kept = (await ListAsync(cancellationToken)).Where(built => built.Outcome.Kept).ToList();
        var meant = kept.Where(built => environment is null || built.Outcome.Environment == environment).ToList();
        meant = meant.Count > 0 ? meant : [.. kept.Where(built => built.Outcome.DomainName == environment || built.Outcome.Environment!.StartsWith(environment!, StringComparison.Ordinal))];
        return meant switch
        {
            [var one] => (await one.ReadPackageAsync(store, cancellationToken), await one.ReadAuditAsync(store, cancellationToken)),
            [] when kept.Count == 0 => throw new UsageException($"'{path}' holds no environment yet; run the campaign first"),
            [] => throw new UsageException($"no environment of '{path}' has the id or name '{environment}'; --list shows them"),
            _ => throw new UsageException(
                $"'{path}' holds {meant.Count} environments that this may mean; choose with --environment:\n"
                + string.Join('\n', meant.Take(20).Select(built => $"  {built.Outcome.Environment}  {built.Outcome.DomainName}")) + (meant.Count > 20 ? "\n  ..." : "")),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => owner.Dispose();
}
