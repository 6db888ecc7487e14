using AgentScaler.Campaigns;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AgentScaler.Functions;

/// <summary>What the functions need. For now artifacts live in a folder, so all workers of an app must see that folder: one machine.</summary>
public static class CampaignServices
{
    /// <summary>The setting that names the artifact store's folder, relative to the app's working folder.</summary>
    public const string StoreSetting = "AGENTSCALER_STORE";

    /// <summary>Adds the artifact store, the workflows and the steps.</summary>
    /// <param name="createSteps">Makes the steps of the pipeline.</param>
    public static IServiceCollection AddCampaigns(this IServiceCollection services, Func<IServiceProvider, IReadOnlyList<IStep>> createSteps) => services
        .AddSingleton<IArtifactStore>(provider => new FolderArtifactStore(StoreFolder(provider.GetRequiredService<IConfiguration>())))
        .AddSingleton<IArtifactLinks, NoArtifactLinks>()
        .AddSingleton<IWorkflow, CampaignWorkflow>()
        .AddSingleton<IWorkflow, DomainPageWorkflow>()
        .AddSingleton(provider => new StepRunner(provider.GetRequiredService<IArtifactStore>(), createSteps(provider)));

    /// <summary>The full path of the artifact store's folder.</summary>
    /// <exception cref="InvalidOperationException">The setting is missing.</exception>
    public static string StoreFolder(IConfiguration configuration) =>
        configuration[StoreSetting] is { Length: > 0 } folder
            ? Path.GetFullPath(folder)
            : throw new InvalidOperationException($"setting {StoreSetting} is missing; expected the folder of the artifact store");
}
