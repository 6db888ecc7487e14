using AgentScaler.Datasets;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>Writes what a dataset adds to a series. In: the dataset's manifest, earlier increments. Out: <c>increment.json</c>; beside it the new trajectories.</summary>
public sealed class ExtendSeriesStep : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.ExtendSeries;

    /// <summary>Nothing: datasets are compared as they are.</summary>
    public object SelectSettings(CampaignIdentity identity) => new { };

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var increment = await DatasetIncrement.WriteAsync(run.Artifacts, run.Inputs[0], [.. run.Inputs.Skip(1)], run.Prefix, cancellationToken);
        return StepResult.Of(run.NewArtifact(IncrementManifest.FileName), ("added", increment.Rows), ("duplicates", increment.Duplicates));
    }
}
