using System.Globalization;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Graphs;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Modelled;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>Constructs and audits the tasks of one environment. Writes <c>tasks.jsonl</c>, <c>report.json</c> and the shards to roll out.</summary>
/// <param name="models">Where models come from.</param>
public sealed class BuildTasksStep(EnvironmentEngine engine, IModelSource models) : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.BuildTasks;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new TaskStepSettings(identity.Tasks, identity.Seed, identity.Models.Builder, identity.Models.Builder is null ? null : RewriteQuestion.Prompt.Id);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var settings = (TaskStepSettings)run.Settings;
        var package = await PackageFolder.ReadAsync(run.Artifacts, ArtifactSibling.Of(run.Inputs[0], EnvironmentArtifacts.Package), cancellationToken);
        var dependencies = await run.Artifacts.ReadJsonAsync<IReadOnlyList<DependencyEdge>>(
            ArtifactSibling.Of(run.Inputs[0], EnvironmentArtifacts.Dependencies), cancellationToken);
        var model = settings.Builder is null ? null : (await models.OpenAsync(run.Campaign, new ModelsSettings { Builder = settings.Builder }, cancellationToken)).Of(ModelRole.Builder);
        var build = await new TaskBuilder(settings.Tasks, engine, new OutcomeJudge()).BuildAsync(package, dependencies, Seed.Root(settings.Seed).Child("tasks").Child(package.Id), model, cancellationToken);
        var shards = new List<string>();
        foreach (var shard in build.Tasks.Chunk(settings.Tasks.ShardSize))
        {
            shards.Add(run.NewArtifact(string.Create(CultureInfo.InvariantCulture, $"shard-{shards.Count + 1:0000}.jsonl")));
            await run.Artifacts.TryCreateLinesAsync(shards[^1], shard, cancellationToken);
        }

        await run.Artifacts.TryCreateJsonAsync(run.NewArtifact(TaskReport.FileName), build.Report, cancellationToken);
        var tasks = run.NewArtifact("tasks.jsonl");
        await run.Artifacts.TryCreateLinesAsync(tasks, build.Tasks, cancellationToken);
        return StepResult.Of(tasks, shards, ("tasks", build.Tasks.Count), ("tasksDropped", build.Report.Proposed - build.Report.Kept));
    }
}
