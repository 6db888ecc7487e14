using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Models;

namespace AgentScaler.Campaigns.Steps;

/// <summary>The steps of the pipeline, as every host registers them.</summary>
public static class PipelineSteps
{
    /// <summary>All steps of <see cref="Workflow.StepNames"/>, sharing one engine.</summary>
    /// <param name="checkpoints">Where running episodes are kept; null to keep none.</param>
    /// <param name="models">Where models come from.</param>
    public static IReadOnlyList<IStep> Create(EnvironmentEngine engine, EpisodeCheckpoints? checkpoints, IModelSource models) =>
    [
        new ImportToolsStep(),
        new FindDomainsStep(models),
        new ListDomainsStep(),
        new BuildEnvironmentStep(engine, models),
        new BuildTasksStep(engine, models),
        new RollOutStep(engine, models, checkpoints),
        new JudgeStep(engine, models),
        new CollectPageStep(),
        new AssembleDatasetStep(),
        new ExtendSeriesStep(),
    ];
}
