using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>A host on a folder of its own, for the tests of <see cref="InProcessHost"/>.</summary>
public abstract class InProcessHostTestBase : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FolderArtifactStore store;

    protected InProcessHostTestBase()
    {
        store = new FolderArtifactStore(folder.Path);
        Campaign = CampaignStore.SaveAsync(store, new CampaignIdentity(), default).GetAwaiter().GetResult();
    }

    private protected static StepName Step { get; } = new("s", 1);

    private protected static IWorkflow[] Workflows => [new CampaignWorkflow(), new DomainPageWorkflow()];

    private protected IArtifactStore Store => store;

    private protected string Campaign { get; }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static async Task<StepResult> WriteAsync(StepRun run, CancellationToken token)
    {
        await run.Artifacts.TryCreateTextAsync(run.NewArtifact("out"), "x", token);
        return StepResult.Of(run.NewArtifact("out"));
    }

    private protected StepCall Call(params string[] inputs) => StepCall.Of(Step, Campaign, inputs);

    private protected InProcessHost CampaignHost(FakePipeline pipeline, InProcessOptions options) =>
        new(new StepRunner(Store, pipeline.Steps()), Workflows, options, new FakeTimeProvider());

    private protected Task<StepResult> RunAsync(
        Func<IWorkflowContext, WorkflowInput, Task> body, InProcessOptions options, TimeProvider clock, IStep step, CancellationToken stop = default)
    {
        var workflow = new LambdaWorkflow("w", async (context, input) =>
        {
            await body(context, input);
            return WorkflowOutcome.Done(StepResult.Of("done"));
        });
        return new InProcessHost(new StepRunner(Store, [step]), [workflow], options, clock).RunAsync("w", "i", WorkflowInput.Start(Campaign), stop);
    }
}
