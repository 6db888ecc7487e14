using System.Runtime.CompilerServices;
using AgentScaler.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>
/// Judges all episodes of one environment and writes verdicts and sorted trajectories. It holds the tasks, and of each episode its id,
/// verdict and size; the episodes themselves stream by.
/// </summary>
/// <param name="episodes">References of the shards of episodes.</param>
/// <param name="truth">Says which mistakes made on purpose really left other rows.</param>
public sealed class EnvironmentJudge(
    IArtifactStore artifacts, EnvironmentPackage package, EnvironmentOutcome outcome, IReadOnlyList<string> episodes, FunnelSettings settings, StateTruth truth)
{
    private readonly TrajectoryComposer composer = new(package, outcome, settings.Match);

    /// <summary>Judges, and writes everything but the judgement itself.</summary>
    /// <param name="judgement">The judgement with the references filled in; the answer has the counts too.</param>
    public async Task<Judgement> RunAsync(Judgement judgement, CancellationToken cancellationToken)
    {
        var tasks = new Dictionary<string, TaskSpec>(StringComparer.Ordinal);
        await foreach (var task in artifacts.ReadLinesAsync<TaskSpec>(judgement.Tasks, cancellationToken))
        {
            tasks.Add(task.Id, task);
        }

        var raw = new List<Verdict>();
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        var injected = new Dictionary<string, InjectedOutcome>(StringComparer.Ordinal);
        var withErrors = new HashSet<string>(StringComparer.Ordinal);
        var generators = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var (episode, task) in ReadAsync(tasks, cancellationToken))
        {
            raw.Add(EpisodeFunnel.Judge(episode, task, package, settings));
            generators.Add(episode.Generator);
            if (!sizes.TryAdd(episode.Id, composer.EstimateSize(episode)))
            {
                throw new StoreException($"environment {package.Id}: the episode id {episode.Id} stands twice");
            }

            injected[episode.Id] = InjectedOutcome.Of(episode, task, truth);
            if (episode.Calls.Any(call => call.IsError))
            {
                withErrors.Add(episode.Id);
            }
        }

        var verdicts = ErrorQuota.Apply(raw, withErrors, settings.ErrorQuota);
        await artifacts.TryCreateLinesAsync(judgement.Verdicts, verdicts, cancellationToken);
        var byId = verdicts.ToDictionary(verdict => verdict.Episode, StringComparer.Ordinal);
        await WriteTrajectoriesAsync(judgement.Kept, kept: true);
        await WriteTrajectoriesAsync(judgement.Rejected, kept: false);
        return judgement with
        {
            Funnel = new EnvironmentFunnel(package.Id, outcome.Domain, outcome.DomainName, tasks.Count, FunnelCounts.Of(verdicts)),
            Confusion = ConfusionTable.Sum(verdicts.Select(verdict => ConfusionTable.Of(injected[verdict.Episode], verdict))),
            Generators = [.. generators],
            Licences = composer.Licences,
        };

        Task WriteTrajectoriesAsync(string name, bool kept) => SortedTrajectories.WriteAsync(
            artifacts,
            name,
            verdicts.Where(verdict => verdict.Kept == kept).Select(verdict => (verdict.Episode, sizes[verdict.Episode])),
            token => LinesAsync(tasks, byId, token),
            SortedTrajectories.DefaultBudget,
            cancellationToken);
    }

    private async IAsyncEnumerable<(string Id, Func<string> Line)> LinesAsync(
        Dictionary<string, TaskSpec> tasks, Dictionary<string, Verdict> verdicts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (episode, task) in ReadAsync(tasks, cancellationToken))
        {
            yield return (episode.Id, () => DatasetJson.Line(composer.Compose(episode, task, verdicts[episode.Id])));
        }
    }

    private async IAsyncEnumerable<(EpisodeRecord Episode, TaskSpec Task)> ReadAsync(
        Dictionary<string, TaskSpec> tasks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var shard in episodes)
        {
            await foreach (var episode in artifacts.ReadLinesAsync<EpisodeRecord>(shard, cancellationToken))
            {
                yield return tasks.TryGetValue(episode.Task, out var task)
                    ? (episode, task)
                    : throw new StoreException($"artifact '{shard}': episode {episode.Id} is of the unknown task {episode.Task}");
            }
        }
    }
}
