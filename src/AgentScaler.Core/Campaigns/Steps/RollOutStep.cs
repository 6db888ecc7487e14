using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>Rolls out the episodes of one shard of tasks. In: outcome, shard. Out: <c>episodes.jsonl</c>, by task, then trial.</summary>
public sealed class RollOutStep(EnvironmentEngine engine) : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.RollOut;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new RollOutSettings(identity.Seed, identity.Episodes);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var (seed, settings) = (RollOutSettings)run.Settings;
        var outcome = await run.Artifacts.ReadJsonAsync<EnvironmentOutcome>(run.Inputs[0], cancellationToken);
        long tasks = 0;
        await foreach (var task in run.Artifacts.ReadLinesAsync<TaskSpec>(run.Inputs[1], cancellationToken))
        {
            tasks += task.Environment == outcome.Environment
                ? 1
                : throw new StoreException($"artifact '{run.Inputs[1]}': task {task.Id} is of {task.Environment}, expected {outcome.Environment}");
        }

        var package = await PackageFolder.ReadAsync(run.Artifacts, ArtifactSibling.Of(run.Inputs[0], EnvironmentArtifacts.Package), cancellationToken);
        var environment = LoadedEnvironment.Load(package);
        var runner = new EpisodeRunner(engine, environment, settings);
        var cast = new ScriptedCast(engine, environment, settings);
        var root = Seed.Root(seed).Child("episodes");
        var output = run.NewArtifact("episodes.jsonl");
        await JsonLines.WriteAsync(run.Artifacts, output, RollOutAsync(), cancellationToken);
        return StepResult.Of(output, ("episodes", tasks * settings.Trials));

        async IAsyncEnumerable<EpisodeRecord> RollOutAsync()
        {
            await foreach (var task in run.Artifacts.ReadLinesAsync<TaskSpec>(run.Inputs[1], cancellationToken))
            {
                for (var trial = 0; trial < settings.Trials; trial++)
                {
                    yield return await runner.RunAsync(task, trial, root.Child(task.Id).Child(trial), cast, cancellationToken);
                }
            }
        }
    }

    /// <summary>What a rollout depends on.</summary>
    private sealed record RollOutSettings(long Seed, EpisodeSettings Episodes);
}
