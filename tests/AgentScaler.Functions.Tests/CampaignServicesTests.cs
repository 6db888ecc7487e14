using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Environments.Engine;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Determinism;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AgentScaler.Functions.Tests;

/// <summary>The app's services.</summary>
public sealed class CampaignServicesTests
{
    [Fact]
    public async Task AddCampaigns_StoreSet_KeepsArtifactsThere()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder.File("store"));

        await services.GetRequiredService<IArtifactStore>().TryCreateTextAsync("documents/x", "text", CancellationToken.None);

        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(folder.File("store"), "documents", "x")));
    }

    [Fact]
    public async Task AddCampaigns_ThePipeline_HasEveryStepOfTheWorkflows()
    {
        using var folder = new TemporaryFolder();
        await using var services = Services(folder.File("store"));
        var runner = services.GetRequiredService<StepRunner>();
        var campaign = await CampaignStore.SaveAsync(services.GetRequiredService<IArtifactStore>(), new CampaignIdentity(), CancellationToken.None);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => runner.RunAsync(StepCall.Of(new StepName("none", 1), campaign), CancellationToken.None));

        StepName[] expected =
        [
            StepNames.AssembleDataset, StepNames.CollectPage, StepNames.BuildEnvironment, StepNames.RollOut, StepNames.Judge,
            StepNames.FindDomains, StepNames.ListDomains, StepNames.BuildTasks, StepNames.ImportTools, StepNames.ExtendSeries,
        ];
        Assert.EndsWith(string.Join(", ", expected.Select(step => step.Name).Order(StringComparer.Ordinal)), fault.Message, StringComparison.Ordinal);
        Assert.Equal(["campaign", "domain-page"], services.GetServices<IWorkflow>().Select(workflow => workflow.Name));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task AddCampaigns_NoStoreSet_NamesTheSetting(string? store)
    {
        await using var services = Services(store);

        var fault = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IArtifactStore>());

        Assert.Contains("AGENTSCALER_STORE", fault.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(string? store) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new KeyValuePair<string, string?>(CampaignServices.StoreSetting, store)]).Build())
        .AddSingleton(_ => new EnvironmentEngine(new EngineOptions(), new FrozenClock(DateTimeOffset.UnixEpoch)))
        .AddCampaigns(services => PipelineSteps.Create(services.GetRequiredService<EnvironmentEngine>()))
        .BuildServiceProvider();
}
