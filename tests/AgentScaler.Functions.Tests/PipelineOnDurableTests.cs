using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions.Tests;

/// <summary>The real pipeline: the same bytes on the Durable Task engine and in process.</summary>
public sealed class PipelineOnDurableTests
{
    [Fact]
    public async Task RunCampaign_RealCatalogues_WritesTheArtifactsOfTheInProcessHost()
    {
        using var folder = new TemporaryFolder();
        using var durable = new FolderArtifactStore(folder.File("durable"));
        using var local = new FolderArtifactStore(folder.File("local"));
        using var engine = new EnvironmentEngine(new EngineOptions(), new FrozenClock(DateTimeOffset.UnixEpoch));
        var campaign = await PrepareAsync(durable);
        await PrepareAsync(local);

        await using var host = await DurableHost.StartAsync(durable, PipelineSteps.Create(engine));
        var done = await host.RunAsync(CampaignWorkflow.WorkflowName, "campaign-one", WorkflowInput.Start(campaign));
        var inProcess = new InProcessHost(
            new StepRunner(local, PipelineSteps.Create(engine)),
            [new CampaignWorkflow(), new DomainPageWorkflow()],
            new InProcessOptions(),
            new FrozenClock(DateTimeOffset.UnixEpoch));
        var expected = await inProcess.RunAsync(CampaignWorkflow.WorkflowName, "campaign-one", WorkflowInput.Start(campaign), CancellationToken.None);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(expected.Output, done.ReadOutputAs<StepResult>()!.Output);
        Assert.Equal(await local.AllAsync(), await durable.AllAsync());
        var counts = done.ReadCustomStatusAs<WorkflowStatus>()!.Counts;
        Assert.True(counts["environments"] > 0 && counts["kept"] > 0, string.Join(", ", counts));
    }

    private static async Task<string> PrepareAsync(FolderArtifactStore store)
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples")).Order(StringComparer.Ordinal)
            .Select(path => new LocatedFile(path, Path.GetFileName(path), new FileInfo(path).Length, Path.GetDirectoryName(path)!));
        var documents = await DocumentUpload.StoreAsync(store, files, CancellationToken.None);
        var identity = new CampaignIdentity
        {
            Documents = [.. documents.Select(document => document.Sha256).Order(StringComparer.Ordinal)],
            Tasks = new TaskSettings { PerEnvironment = 6, ShardSize = 3 },
            Episodes = new EpisodeSettings { Trials = 2 },
        };
        return await CampaignStore.SaveAsync(store, identity, CancellationToken.None);
    }
}
