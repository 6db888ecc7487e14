using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Checkpoints;

namespace AgentScaler.Campaigns.Steps;

/// <summary>The steps of the pipeline, as every host registers them.</summary>
public static class PipelineSteps
{
    /// <summary>All steps of <see cref="Workflow.StepNames"/>, sharing one engine.</summary>
    /// <param name="checkpoints">Where running episodes are kept; null to keep none.</param>
    public static IReadOnlyList<IStep> Create(EnvironmentEngine engine, EpisodeCheckpoints? checkpoints = null) =>
    [
        new ImportToolsStep(),
        new FindDomainsStep(),
        new ListDomainsStep(),
        new BuildEnvironmentStep(engine),
        new BuildTasksStep(engine),
        new RollOutStep(engine, checkpoints),
        new JudgeStep(engine),
        new CollectPageStep(),
        new AssembleDatasetStep(),
        new ExtendSeriesStep(),
    ];
}
