using AgentScaler.Campaigns;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Models;
using AgentScaler.Models.Clients;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using Azure.Identity;

namespace AgentScaler.Cli.Local;

/// <summary>The models of the campaign in a folder. Replies are kept in the folder's own artifacts, or in a folder that campaigns share.</summary>
internal sealed class LocalModels : IDisposable
{
    private readonly CampaignFolder folder;
    private readonly ModelHost host;
    private readonly FolderArtifactStore? shared;
    private readonly CampaignModelSource source;

    public LocalModels(CampaignFolder folder, LeaseOwners owners, TimeProvider clock)
    {
        this.folder = folder;
        var operations = folder.Document.Operations.Models;
        host = CreateHost(clock);
        shared = operations.RepliesFolder is { } place ? new FolderArtifactStore(place) : null;
        source = new CampaignModelSource(host, folder.State, shared ?? folder.Artifacts, clock, owners.Process, (_, _) => ValueTask.FromResult(operations));
    }

    /// <summary>Where steps get models from.</summary>
    public IModelSource Source => source;

    /// <summary>What a process on this machine reaches models by: keys in environment variables, the user's or machine's identity.</summary>
    public static ModelHost CreateHost(TimeProvider clock) => new(clock, Environment.GetEnvironmentVariable, new DefaultAzureCredential());

    /// <summary>What the campaign has spent, as far as it is known without asking; null if no model was asked yet.</summary>
    public Spend? SpentNow() => source.SpentNow(folder.Reference);

    /// <summary>What the campaign has spent; null if none of its roles is a model's.</summary>
    public async Task<SpendReport?> SpentAsync(CancellationToken cancellationToken) =>
        folder.Document.Identity.Models.HasAny() ? await source.SpentAsync(folder.Reference, cancellationToken) : null;

    public void Dispose()
    {
        host.Dispose();
        shared?.Dispose();
    }
}
