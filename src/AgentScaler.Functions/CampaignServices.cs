using AgentScaler.Azure;
using AgentScaler.Campaigns;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace AgentScaler.Functions;

/// <summary>What the functions need.</summary>
public static class CampaignServices
{
    /// <summary>Adds the stores, the workflows and the steps.</summary>
    /// <param name="stores">The stores, open; whoever opened them closes them.</param>
    /// <param name="clock">Tells when links to artifacts end.</param>
    /// <param name="createSteps">Makes the steps of the pipeline.</param>
    public static IServiceCollection AddCampaigns(
        this IServiceCollection services, CampaignStores stores, TimeProvider clock, Func<IServiceProvider, IReadOnlyList<IStep>> createSteps) => services
        .AddSingleton(stores.Artifacts)
        .AddSingleton(stores.State)
        .AddSingleton(stores.Sweep)
        .AddSingleton(stores.LinksBy(clock))
        .AddSingleton<CampaignRemoval>()
        .AddSingleton<IWorkflow, CampaignWorkflow>()
        .AddSingleton<IWorkflow, DomainPageWorkflow>()
        .AddSingleton(provider => new StepRunner(provider.GetRequiredService<IArtifactStore>(), createSteps(provider)));
}
