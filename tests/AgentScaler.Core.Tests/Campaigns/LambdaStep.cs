using AgentScaler.Campaigns;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>A step given by functions.</summary>
internal sealed class LambdaStep(
    StepName name, Func<StepRun, CancellationToken, Task<StepResult>> run, Func<CampaignIdentity, object>? select = null) : IStep
{
    public StepName Name => name;

    public object SelectSettings(CampaignIdentity identity) => select?.Invoke(identity) ?? identity.Seed;

    public Task<StepResult> RunAsync(StepRun run1, CancellationToken cancellationToken) => run(run1, cancellationToken);

    /// <summary>A step that writes a line and does nothing else.</summary>
    public static LambdaStep Writing(string name, Action? before = null) => new(
        new StepName(name, 1),
        async (run, token) =>
        {
            before?.Invoke();
            await run.Artifacts.TryCreateTextAsync(run.NewArtifact("out"), string.Join(',', run.Inputs), token);
            return StepResult.Of(run.NewArtifact("out"), ("done", 1));
        });
}
