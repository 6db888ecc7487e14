using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Episodes.Modelled;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Steps;

/// <summary>
/// Rolls out the episodes of one shard of tasks. In: outcome, shard. Out: <c>episodes.jsonl</c>, by task, then trial. Episodes under way are kept in the
/// state store, if they shall be, until that is written.
/// </summary>
/// <param name="models">Where models come from.</param>
/// <param name="checkpoints">Where episodes are kept; null to keep none.</param>
public sealed class RollOutStep(EnvironmentEngine engine, IModelSource models, EpisodeCheckpoints? checkpoints = null) : IStep
{
    /// <inheritdoc/>
    public StepName Name => StepNames.RollOut;

    /// <inheritdoc/>
    public object SelectSettings(CampaignIdentity identity) => new RollOutSettings(
        identity.Seed,
        identity.Episodes,
        identity.Models.Agent,
        identity.Models.User,
        identity.Models.Agent is { } agent ? [.. ModelCast.PromptsOf(agent, identity.Models.User).Select(prompt => prompt.Id)] : null);

    /// <inheritdoc/>
    public async Task<StepResult> RunAsync(StepRun run, CancellationToken cancellationToken)
    {
        var wanted = (RollOutSettings)run.Settings;
        var settings = wanted.Episodes;
        var outcome = await run.Artifacts.ReadJsonAsync<EnvironmentOutcome>(run.Inputs[0], cancellationToken);
        long episodes = 0;
        await foreach (var task in run.Artifacts.ReadLinesAsync<TaskSpec>(run.Inputs[1], cancellationToken))
        {
            episodes += task.Environment == outcome.Environment
                ? settings.TrialsOf(task.Id)
                : throw new StoreException($"artifact '{run.Inputs[1]}': task {task.Id} is of {task.Environment}, expected {outcome.Environment}");
        }

        var package = await PackageFolder.ReadAsync(run.Artifacts, ArtifactSibling.Of(run.Inputs[0], EnvironmentArtifacts.Package), cancellationToken);
        var environment = LoadedEnvironment.Load(package);
        var runner = new EpisodeRunner(engine, environment, settings);
        var (cast, atOnce) = await EpisodeCasts.OpenAsync(models, run.Campaign, wanted.Agent, wanted.User, engine, environment, settings, cancellationToken);
        var root = Seed.Root(wanted.Seed).Child("episodes");
        var output = run.NewArtifact("episodes.jsonl");
        using var shard = checkpoints?.EveryFor(cast) is > 0 and var every
            ? checkpoints.Open(run.Key, every, token => run.Artifacts.ExistsAsync(output, token))
            : null;
        try
        {
            await JsonLines.WriteAsync(run.Artifacts, output, RollOutAsync(), cancellationToken);
        }
        catch (ShardDoneException)
        {
            // The artifact is there.
        }

        await (shard?.CloseAsync(cancellationToken) ?? Task.CompletedTask);
        return StepResult.Of(output, ("episodes", episodes));

        IAsyncEnumerable<EpisodeRecord> RollOutAsync() => OrderedParallel.SelectAsync(
            ListAsync(),
            atOnce,
            (episode, token) => shard is null
                ? runner.RunAsync(episode.Task, episode.Trial, episode.Seed, cast, token)
                : KeepAsync(shard, episode.Task, episode.Trial, episode.Seed, token),
            cancellationToken);

        async IAsyncEnumerable<(TaskSpec Task, int Trial, Seed Seed)> ListAsync()
        {
            await foreach (var task in run.Artifacts.ReadLinesAsync<TaskSpec>(run.Inputs[1], cancellationToken))
            {
                for (var trial = 0; trial < settings.TrialsOf(task.Id); trial++)
                {
                    yield return (task, trial, root.Child(task.Id).Child(trial));
                }
            }
        }

        async Task<EpisodeRecord> KeepAsync(ShardJournal shard, TaskSpec task, int trial, Seed seed, CancellationToken token)
        {
            while (true)
            {
                var journal = await shard.EnterAsync(EpisodeRunner.IdOf(task, trial, seed), token) ?? throw new ShardDoneException();
                try
                {
                    return await runner.RunAsync(task, trial, seed, cast, token, journal);
                }
                catch (LeaseLostException)
                {
                    // Whoever has it now leaves it in the store.
                    shard.Forget();
                }
            }
        }
    }

    /// <summary>Another runner wrote the shard while this one was at it.</summary>
    private sealed class ShardDoneException : Exception;

    /// <summary>What a rollout depends on.</summary>
    private sealed record RollOutSettings(long Seed, EpisodeSettings Episodes, ModelSettings? Agent, ModelSettings? User, IReadOnlyList<string>? Prompts);
}
