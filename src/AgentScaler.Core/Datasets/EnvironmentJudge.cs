using System.Runtime.CompilerServices;
using AgentScaler.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using AgentScaler.Funnel.Modelled;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Datasets;

/// <summary>
/// Judges all episodes of one environment and writes verdicts, sorted trajectories, difficulties and preference pairs. It holds the tasks, and of each episode its
/// id, verdict and size; the episodes themselves stream by.
/// </summary>
public sealed class EnvironmentJudge(IArtifactStore artifacts, EnvironmentPackage package, EnvironmentOutcome outcome, JudgingRules rules)
{
    /// <summary>Episodes that a judge reads at once: they are held in memory meanwhile.</summary>
    private const int ReviewsAtOnce = 32;

    private readonly TrajectoryComposer composer = new(package, outcome, rules.Funnel.Match);

    /// <summary>Judges, and writes everything but the judgement itself.</summary>
    /// <param name="outcomeReference">Reference of the environment's outcome.</param>
    /// <param name="tasksReference">Reference of its tasks.</param>
    /// <param name="episodes">References of its shards of episodes.</param>
    /// <param name="prefix">Where the files go, ending in <c>/</c>.</param>
    /// <exception cref="StoreException">An artifact is missing or damaged, or an episode is of an unknown task.</exception>
    public async Task<Judgement> RunAsync(
        string outcomeReference, string tasksReference, IReadOnlyList<string> episodes, string prefix, CancellationToken cancellationToken)
    {
        var source = new EpisodeSource(artifacts, await EpisodeSource.ReadTasksAsync(artifacts, tasksReference, cancellationToken), episodes);
        return await WriteAsync(source, await JudgeAsync(source, cancellationToken), outcomeReference, tasksReference, prefix, cancellationToken);
    }

    /// <summary>Judges, and writes nothing.</summary>
    internal async Task<JudgedEpisodes> JudgeAsync(EpisodeSource source, CancellationToken cancellationToken)
    {
        var raw = new List<Verdict>();
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        var injected = new Dictionary<string, InjectedOutcome>(StringComparer.Ordinal);
        var withErrors = new HashSet<string>(StringComparer.Ordinal);
        var generators = new SortedSet<string>(StringComparer.Ordinal);
        var taskOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var toolsOf = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        await foreach (var (episode, task, verdict) in VerdictsAsync(source.ReadAsync(cancellationToken), cancellationToken))
        {
            raw.Add(verdict);
            generators.Add(episode.Generator);
            if (!sizes.TryAdd(episode.Id, composer.EstimateSize(episode)))
            {
                throw new StoreException($"environment {package.Id}: the episode id {episode.Id} stands twice");
            }

            taskOf[episode.Id] = task.Id;
            injected[episode.Id] = InjectedOutcome.Of(episode, task, rules.Truth);
            if (episode.Calls.Any(call => call.IsError && episode.ToolFault?.Explains(call) != true))
            {
                withErrors.Add(episode.Id);
            }

            if (rules.Review is not null)
            {
                toolsOf[episode.Id] = [.. episode.Calls.Select(call => call.Tool).Distinct(StringComparer.Ordinal)];
            }
        }

        var machine = ErrorQuota.Apply(raw, withErrors, rules.Funnel.ErrorQuota);
        var verdicts = rules.Review is { } review
            ? [.. machine.Select(verdict => review.Apply(verdict, package.Id, taskOf[verdict.Episode], toolsOf[verdict.Episode]))]
            : machine;
        var difficulty = new SortedDictionary<string, TaskDifficulty>(StringComparer.Ordinal);
        foreach (var group in verdicts.GroupBy(verdict => taskOf[verdict.Episode], StringComparer.Ordinal))
        {
            difficulty[group.Key] = TaskDifficulty.Of(group.Key, package.Id, group, rules.Funnel.Difficulty);
        }

        return new JudgedEpisodes(verdicts, machine, taskOf, sizes, injected, [.. generators], difficulty);
    }

    /// <summary>Writes everything but the judgement itself.</summary>
    internal async Task<Judgement> WriteAsync(
        EpisodeSource source, JudgedEpisodes judged, string outcomeReference, string tasksReference, string prefix, CancellationToken cancellationToken)
    {
        var verdicts = judged.Verdicts;
        var byId = verdicts.ToDictionary(verdict => verdict.Episode, StringComparer.Ordinal);
        var machine = judged.Machine.ToDictionary(verdict => verdict.Episode, StringComparer.Ordinal);
        await artifacts.TryCreateLinesAsync(prefix + "verdicts.jsonl", verdicts, cancellationToken);
        await WriteTrajectoriesAsync(prefix + "kept.jsonl", kept: true);
        await WriteTrajectoriesAsync(prefix + "rejected.jsonl", kept: false);
        await JsonLines.WriteAsync(artifacts, prefix + "difficulty.jsonl", judged.Difficulty.Values.ToAsyncEnumerable(), DatasetJson.Line, cancellationToken);
        var pairs = await new PairFile(artifacts, package, composer.Tools, composer.Licences, rules.Funnel, rules.PairsPerTask)
            .WriteAsync(prefix + "preferences.jsonl", source, byId, cancellationToken);
        return new Judgement
        {
            Outcome = outcomeReference,
            Tasks = tasksReference,
            Episodes = source.Shards,
            Verdicts = prefix + "verdicts.jsonl",
            Kept = prefix + "kept.jsonl",
            Rejected = prefix + "rejected.jsonl",
            Difficulty = prefix + "difficulty.jsonl",
            Preferences = prefix + "preferences.jsonl",
            Funnel = new EnvironmentFunnel(package.Id, outcome.Domain, outcome.DomainName, source.Tasks.Count, Counts())
            {
                Difficulty = DifficultyReport.Of(judged.Difficulty.Values),
                Pairs = pairs,
            },
            Confusion = ConfusionTable.Sum(verdicts.Select(verdict => ConfusionTable.Of(judged.Injected[verdict.Episode], verdict))),
            Generators = judged.Generators,
            Licences = composer.Licences,
        };

        FunnelCounts Counts() => FunnelCounts.Of(verdicts).With(
            verdicts.Where(verdict => judged.Injected[verdict.Episode].Failed is not null).Select(verdict => (judged.Injected[verdict.Episode].Failed!.Value, verdict.Kept)));

        Task WriteTrajectoriesAsync(string name, bool kept) => SortedTrajectories.WriteAsync(
            artifacts,
            name,
            verdicts.Where(verdict => verdict.Kept == kept).Select(verdict => (verdict.Episode, judged.Sizes[verdict.Episode])),
            LinesAsync,
            SortedTrajectories.DefaultBudget,
            cancellationToken);

        async IAsyncEnumerable<(string Id, Func<string> Line)> LinesAsync([EnumeratorCancellation] CancellationToken token)
        {
            await foreach (var (episode, task) in source.ReadAsync(token))
            {
                yield return (episode.Id, () => DatasetJson.Line(composer.Compose(episode, task, byId[episode.Id], judged.Difficulty[task.Id]) is var line && rules.Review is { } review
                    ? line with { Metadata = line.Metadata with { Review = TrajectoryReview.Of(review.DecisionOn(machine[episode.Id]), machine[episode.Id]) } }
                    : line));
            }
        }
    }

    /// <summary>Episodes with their verdicts, in order; several at once where a judge is waited for.</summary>
    private IAsyncEnumerable<(EpisodeRecord Episode, TaskSpec Task, Verdict Verdict)> VerdictsAsync(
        IAsyncEnumerable<(EpisodeRecord Episode, TaskSpec Task)> read, CancellationToken cancellationToken)
    {
        return rules.UserJudge is { } judge
            ? OrderedParallel.SelectAsync(read, ReviewsAtOnce, ReviewAsync, cancellationToken)
            : read.Select(item => (item.Episode, item.Task, UserJudge.Recall(VerdictOf(item), rules.Earlier)));

        Verdict VerdictOf((EpisodeRecord Episode, TaskSpec Task) item) => EpisodeFunnel.Judge(item.Episode, item.Task, package, rules.Funnel, rules.Replay);

        async Task<(EpisodeRecord Episode, TaskSpec Task, Verdict Verdict)> ReviewAsync((EpisodeRecord Episode, TaskSpec Task) item, CancellationToken token)
        {
            var verdict = VerdictOf(item);
            return (item.Episode, item.Task, UserJudge.Concerns(item.Episode, verdict) ? await judge.ReviewAsync(item.Episode, item.Task, verdict, token) : verdict);
        }
    }
}
