using AgentScaler.Environments.Engine;

namespace AgentScaler.Campaigns.Steps;

/// <summary>The steps of the pipeline, as every host registers them.</summary>
public static class PipelineSteps
{
    /// <summary>All steps of <see cref="Workflow.StepNames"/>, sharing one engine.</summary>
    public static IReadOnlyList<IStep> Create(EnvironmentEngine engine) =>
    [
        new ImportToolsStep(),
        new FindDomainsStep(),
        new ListDomainsStep(),
        new BuildEnvironmentStep(engine),
        new BuildTasksStep(engine),
        new RollOutStep(engine),
        new JudgeStep(engine),
        new CollectPageStep(),
        new AssembleDatasetStep(),
        new ExtendSeriesStep(),
    ];
}
