using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Determinism;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.DurableTask.Client;

namespace AgentScaler.Functions.Tests;

/// <summary>The campaign's workflows on the Durable Task engine.</summary>
public sealed class CampaignOnDurableTests : IDisposable
{
    private const string InstanceId = "campaign-one";

    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore artifacts;

    public CampaignOnDurableTests() => artifacts = new FolderArtifactStore(folder.File("durable"));

    public void Dispose()
    {
        artifacts.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(9)]
    public async Task RunCampaign_SomePages_WritesWhatTheInProcessHostWrites(int pages)
    {
        var steps = new SampleSteps(pages);
        await using var host = await DurableHost.StartAsync(artifacts, steps.Create());
        var campaign = await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None);

        var done = await host.RunAsync(CampaignWorkflow.WorkflowName, InstanceId, WorkflowInput.Start(campaign));

        using var local = new FolderArtifactStore(folder.File("local"));
        await CampaignStore.SaveAsync(local, new CampaignIdentity(), CancellationToken.None);
        var statuses = new Statuses();
        var inProcess = new InProcessHost(
            new StepRunner(local, new SampleSteps(pages).Create()),
            [new CampaignWorkflow(), new DomainPageWorkflow()],
            new InProcessOptions { Parallelism = 2, Statuses = statuses },
            new FrozenClock(DateTimeOffset.UnixEpoch));
        var expected = await inProcess.RunAsync(CampaignWorkflow.WorkflowName, InstanceId, WorkflowInput.Start(campaign), CancellationToken.None);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(expected.Output, done.ReadOutputAs<StepResult>()!.Output);
        Assert.Equal(await local.AllAsync(), await artifacts.AllAsync());
        var status = done.ReadCustomStatusAs<WorkflowStatus>()!;
        Assert.Equal(("done", pages, pages), (status.Stage, status.Done, status.Total));
        Assert.Equal(statuses.Last!.Counts, status.Counts);
        Assert.Equal(32L * pages, status.Counts["episodes"]);
    }

    [Fact]
    public async Task RunCampaign_RejectedDomains_CostNoFurtherSteps()
    {
        var steps = new SampleSteps(pages: 2);
        await using var host = await DurableHost.StartAsync(artifacts, steps.Create());
        var campaign = await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None);

        await host.RunAsync(CampaignWorkflow.WorkflowName, InstanceId, WorkflowInput.Start(campaign));

        var runs = steps.Started.CountBy(step => step).ToDictionary();
        Assert.Equal(6, runs[StepNames.BuildEnvironment.Name]);
        Assert.Equal(4, runs[StepNames.BuildTasks.Name]);
        Assert.Equal(8, runs[StepNames.RollOut.Name]);
        Assert.Equal(4, runs[StepNames.Judge.Name]);
        Assert.Equal(1, runs[StepNames.AssembleDataset.Name]);
    }

    [Fact]
    public async Task RunCampaign_SecondInstance_TakesEveryStepFromTheStore()
    {
        var steps = new SampleSteps(pages: 5);
        await using var host = await DurableHost.StartAsync(artifacts, steps.Create());
        var campaign = await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None);
        var first = await host.RunAsync(CampaignWorkflow.WorkflowName, InstanceId, WorkflowInput.Start(campaign));
        var started = steps.Started.Count;

        var second = await host.RunAsync(CampaignWorkflow.WorkflowName, "campaign-two", WorkflowInput.Start(campaign));

        Assert.Equal(started, steps.Started.Count);
        Assert.Equal(first.SerializedOutput, second.SerializedOutput);
    }

    [Fact]
    public async Task RunCampaign_Pages_RunAsChildrenWithDerivedIds()
    {
        await using var host = await DurableHost.StartAsync(artifacts, new SampleSteps(pages: 5).Create());
        var campaign = await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None);

        await host.RunAsync(CampaignWorkflow.WorkflowName, InstanceId, WorkflowInput.Start(campaign));

        foreach (var n in Enumerable.Range(1, 5))
        {
            var page = await host.Client.GetInstanceAsync($"{InstanceId}-page-{n}", getInputsAndOutputs: true);
            Assert.Equal(OrchestrationRuntimeStatus.Completed, page!.RuntimeStatus);
            Assert.EndsWith($"page-{n}", Assert.Single(page.ReadInputAs<WorkflowCall>()!.Input.References), StringComparison.Ordinal);
        }

        Assert.Null(await host.Client.GetInstanceAsync($"{InstanceId}-page-6"));
    }

    [Fact]
    public async Task Control_CancelWhileToolsAreImported_StartsNoPageAndEndsWithoutADataset()
    {
        var import = new Gate(StepNames.ImportTools);
        var steps = new SampleSteps(pages: 6) { Before = import.PassAsync };
        await using var host = await DurableHost.StartAsync(artifacts, steps.Create());
        var campaign = await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None);
        await host.ScheduleAsync(CampaignWorkflow.WorkflowName, InstanceId, WorkflowInput.Start(campaign));
        await import.Reached;

        await host.Client.RaiseEventAsync(InstanceId, CampaignWorkflow.ControlEvent, CampaignWorkflow.Cancel);
        import.Open();

        var done = await host.CompletionAsync(InstanceId);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal(string.Empty, done.ReadOutputAs<StepResult>()!.Output);
        Assert.Equal("cancelled", done.ReadCustomStatusAs<WorkflowStatus>()!.Stage);
        Assert.DoesNotContain(StepNames.AssembleDataset.Name, steps.Started);
        Assert.DoesNotContain(StepNames.ListDomains.Name, steps.Started);
    }

    [Fact]
    public async Task Control_PauseThenResume_StartsNoPageInBetweenAndEndsWithTheDataset()
    {
        var page = new Gate(StepNames.CollectPage);
        var steps = new SampleSteps(pages: 6) { Before = page.PassAsync };
        await using var host = await DurableHost.StartAsync(artifacts, steps.Create());
        var campaign = await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None);
        await host.ScheduleAsync(CampaignWorkflow.WorkflowName, InstanceId, WorkflowInput.Start(campaign));
        await page.Reached;
        await host.Client.RaiseEventAsync(InstanceId, CampaignWorkflow.ControlEvent, CampaignWorkflow.Pause);
        page.Open();

        var paused = await host.StageAsync(InstanceId, "paused");

        Assert.Equal((4, 6), (paused.Done, paused.Total));
        Assert.Equal(4, steps.Started.Count(step => step == StepNames.ListDomains.Name));
        await host.Client.RaiseEventAsync(InstanceId, CampaignWorkflow.ControlEvent, CampaignWorkflow.Resume);
        var done = await host.CompletionAsync(InstanceId);
        Assert.Equal("done", done.ReadCustomStatusAs<WorkflowStatus>()!.Stage);
        Assert.Equal(6, steps.Started.Count(step => step == StepNames.ListDomains.Name));
        Assert.NotEqual(string.Empty, done.ReadOutputAs<StepResult>()!.Output);
    }

    [Fact]
    public async Task Control_PauseThenCancel_EndsWithoutADataset()
    {
        var page = new Gate(StepNames.CollectPage);
        await using var host = await DurableHost.StartAsync(artifacts, new SampleSteps(pages: 6) { Before = page.PassAsync }.Create());
        var campaign = await CampaignStore.SaveAsync(artifacts, new CampaignIdentity(), CancellationToken.None);
        await host.ScheduleAsync(CampaignWorkflow.WorkflowName, InstanceId, WorkflowInput.Start(campaign));
        await page.Reached;
        await host.Client.RaiseEventAsync(InstanceId, CampaignWorkflow.ControlEvent, CampaignWorkflow.Pause);
        await host.Client.RaiseEventAsync(InstanceId, CampaignWorkflow.ControlEvent, CampaignWorkflow.Cancel);
        page.Open();

        var done = await host.CompletionAsync(InstanceId);

        Assert.Equal("cancelled", done.ReadCustomStatusAs<WorkflowStatus>()!.Stage);
        Assert.Equal(string.Empty, done.ReadOutputAs<StepResult>()!.Output);
    }

    private sealed class Statuses : IProgress<WorkflowStatus>
    {
        public WorkflowStatus? Last { get; private set; }

        public void Report(WorkflowStatus value) => Last = value;
    }

    /// <summary>Holds one kind of step until it is opened.</summary>
    private sealed class Gate(StepName step)
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => reached.Task.WaitAsync(TimeSpan.FromMinutes(1));

        public void Open() => open.SetResult();

        public Task PassAsync(string name, IReadOnlyList<string> inputs)
        {
            if (name != step.Name)
            {
                return Task.CompletedTask;
            }

            reached.TrySetResult();
            return open.Task;
        }
    }
}
