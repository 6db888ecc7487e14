using System.Runtime.CompilerServices;
using AgentScaler.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Modelled;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>
/// Judges all episodes of one environment and writes verdicts and sorted trajectories. It holds the tasks, and of each episode its id,
/// verdict and size; the episodes themselves stream by.
/// </summary>
/// <param name="truth">Says which mistakes made on purpose really left other rows.</param>
/// <param name="judge">Looks for faults of the simulated user; null where only rules do.</param>
public sealed class EnvironmentJudge(
    IArtifactStore artifacts, EnvironmentPackage package, EnvironmentOutcome outcome, FunnelSettings settings, StateTruth truth, UserJudge? judge = null)
{
    /// <summary>Episodes that a judge reads at once: they are held in memory meanwhile.</summary>
    private const int ReviewsAtOnce = 32;

    private readonly TrajectoryComposer composer = new(package, outcome, settings.Match);

    /// <summary>Judges, and writes everything but the judgement itself.</summary>
    /// <param name="outcomeReference">Reference of the environment's outcome.</param>
    /// <param name="tasksReference">Reference of its tasks.</param>
    /// <param name="episodes">References of its shards of episodes.</param>
    /// <param name="prefix">Where the files go, ending in <c>/</c>.</param>
    /// <exception cref="StoreException">An artifact is missing or damaged, or an episode is of an unknown task.</exception>
    public async Task<Judgement> RunAsync(
        string outcomeReference, string tasksReference, IReadOnlyList<string> episodes, string prefix, CancellationToken cancellationToken)
    {
        var files = (Verdicts: prefix + "verdicts.jsonl", Kept: prefix + "kept.jsonl", Rejected: prefix + "rejected.jsonl");
        var tasks = new Dictionary<string, TaskSpec>(StringComparer.Ordinal);
        await foreach (var task in artifacts.ReadLinesAsync<TaskSpec>(tasksReference, cancellationToken))
        {
            tasks.Add(task.Id, task);
        }

        var raw = new List<Verdict>();
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        var injected = new Dictionary<string, InjectedOutcome>(StringComparer.Ordinal);
        var withErrors = new HashSet<string>(StringComparer.Ordinal);
        var generators = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var (episode, task, verdict) in VerdictsAsync(ReadAsync(episodes, tasks, cancellationToken), cancellationToken))
        {
            raw.Add(verdict);
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
        await artifacts.TryCreateLinesAsync(files.Verdicts, verdicts, cancellationToken);
        var byId = verdicts.ToDictionary(verdict => verdict.Episode, StringComparer.Ordinal);
        await WriteTrajectoriesAsync(files.Kept, kept: true);
        await WriteTrajectoriesAsync(files.Rejected, kept: false);
        return new Judgement
        {
            Outcome = outcomeReference,
            Tasks = tasksReference,
            Episodes = episodes,
            Verdicts = files.Verdicts,
            Kept = files.Kept,
            Rejected = files.Rejected,
            Funnel = new EnvironmentFunnel(package.Id, outcome.Domain, outcome.DomainName, tasks.Count, FunnelCounts.Of(verdicts)),
            Confusion = ConfusionTable.Sum(verdicts.Select(verdict => ConfusionTable.Of(injected[verdict.Episode], verdict))),
            Generators = [.. generators],
            Licences = composer.Licences,
        };

        Task WriteTrajectoriesAsync(string name, bool kept) => SortedTrajectories.WriteAsync(
            artifacts,
            name,
            verdicts.Where(verdict => verdict.Kept == kept).Select(verdict => (verdict.Episode, sizes[verdict.Episode])),
            token => LinesAsync(episodes, tasks, byId, token),
            SortedTrajectories.DefaultBudget,
            cancellationToken);
    }

    /// <summary>Episodes with their verdicts, in order; several at once where a judge is waited for.</summary>
    private IAsyncEnumerable<(EpisodeRecord Episode, TaskSpec Task, Verdict Verdict)> VerdictsAsync(
        IAsyncEnumerable<(EpisodeRecord Episode, TaskSpec Task)> read, CancellationToken cancellationToken)
    {
        return judge is null ? read.Select(item => (item.Episode, item.Task, VerdictOf(item))) : OrderedParallel.SelectAsync(read, ReviewsAtOnce, ReviewAsync, cancellationToken);

        Verdict VerdictOf((EpisodeRecord Episode, TaskSpec Task) item) => EpisodeFunnel.Judge(item.Episode, item.Task, package, settings);

        async Task<(EpisodeRecord Episode, TaskSpec Task, Verdict Verdict)> ReviewAsync((EpisodeRecord Episode, TaskSpec Task) item, CancellationToken token)
        {
            var verdict = VerdictOf(item);
            return (item.Episode, item.Task, UserJudge.Concerns(item.Episode, verdict) ? await judge.ReviewAsync(item.Episode, item.Task, verdict, token) : verdict);
        }
    }

    private async IAsyncEnumerable<(string Id, Func<string> Line)> LinesAsync(
        IReadOnlyList<string> episodes,
        Dictionary<string, TaskSpec> tasks,
        Dictionary<string, Verdict> verdicts,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (episode, task) in ReadAsync(episodes, tasks, cancellationToken))
        {
            yield return (episode.Id, () => DatasetJson.Line(composer.Compose(episode, task, verdicts[episode.Id])));
        }
    }

    private async IAsyncEnumerable<(EpisodeRecord Episode, TaskSpec Task)> ReadAsync(
        IReadOnlyList<string> episodes, Dictionary<string, TaskSpec> tasks, [EnumeratorCancellation] CancellationToken cancellationToken)
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
