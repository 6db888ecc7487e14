using AgentScaler.Azure;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace AgentScaler.Functions.Tests;

/// <summary>The app's services.</summary>
public sealed class CampaignServicesTests
{
    [Fact]
    public async Task AddCampaigns_StoreSet_KeepsArtifactsThere()
    {
        using var folder = new TemporaryFolder();
        await using var services = await ServicesAsync(folder.File("store"));

        await services.GetRequiredService<IArtifactStore>().TryCreateTextAsync("documents/x", "text", CancellationToken.None);

        Assert.Equal("text", await File.ReadAllTextAsync(Path.Combine(folder.File("store"), "artifacts", "documents", "x")));
    }

    [Fact]
    public async Task AddCampaigns_ThePipeline_HasEveryStepOfTheWorkflows()
    {
        using var folder = new TemporaryFolder();
        await using var services = await ServicesAsync(folder.File("store"));
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
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0", 0)]
    [InlineData("25", 25)]
    public void CheckpointSetting_Number_IsRead(string? text, int? expected) => Assert.Equal(expected, CheckpointSetting.Read(_ => text));

    [Theory]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("all")]
    public void CheckpointSetting_NoSuchNumber_IsRefusedByName(string text)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => CheckpointSetting.Read(_ => text));
        Assert.Contains(CheckpointSetting.Name, fault.Message, StringComparison.Ordinal);
    }

    private static async Task<ServiceProvider> ServicesAsync(string folder)
    {
        var settings = StoreSettings.Read(name => name == StoreSettings.FolderName ? folder : null);
        return new ServiceCollection()
            .AddSingleton(_ => new EnvironmentEngine(new EngineOptions(), new FrozenClock(DateTimeOffset.UnixEpoch)))
            .AddCampaigns(
                await CampaignStores.OpenAsync(settings, configure: null, CancellationToken.None),
                TimeProvider.System,
                services => PipelineSteps.Create(services.GetRequiredService<EnvironmentEngine>(), null, new NoModels()))
            .BuildServiceProvider();
    }
}
