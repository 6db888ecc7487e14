using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Lists one page, so that the workflow itself need not read artifacts. In: a page. Out: the same page; items: its references to domains.
/// </summary>
public sealed class ListDomainsStep : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.ListDomains;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new Selection();

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var references = await run.Artifacts.ReadJsonAsync<IReadOnlyList<string>>(run.Inputs[0], cancellationToken);
        return StepResult.Of(run.Inputs[0], references);
    }

    /// <summary>This step reads nothing of the identity.</summary>
    internal sealed record Selection;
}
