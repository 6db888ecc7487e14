using AgentScaler.Datasets;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Funnel;
using AgentScaler.Json;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Reports;

/// <summary>
/// Writes a campaign's report: one HTML page that needs nothing else. It reads one environment after another and holds one block of episodes and the list
/// of those shown. The same campaign, run file and design give the same bytes.
/// </summary>
/// <param name="progress">Told how many episodes were read, of how many; or null.</param>
public sealed class CampaignReport(IArtifactStore artifacts, EnvironmentEngine engine, ReportOptions options, IProgress<CountProgress>? progress = null)
{
    /// <summary>The report's file in a campaign's folder.</summary>
    public const string FileName = "report.html";

    private const int ChunkEpisodes = 64;

    /// <summary>Characters of records after which a block is closed: what is held at once, and what a reader unpacks to see one episode.</summary>
    private const int ChunkCharacters = 2_000_000;

    private readonly ReportIndex index = new();
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<ReportEpisode> open = [];
    private readonly Dictionary<int, ReportEpisode.ReportTask> openTasks = [];
    private int chunks;
    private int characters;
    private long read;

    /// <summary>The name of a report beside a dataset's manifest; another where the page's design or what it holds is another.</summary>
    public static string ArtifactFor(string manifest, ReportOptions options) =>
        ArtifactSibling.Of(manifest, FormattableString.Invariant($"report-{ReportPage.Design}-{options.Episodes}.html"));

    /// <summary>Writes the page.</summary>
    /// <returns>Episodes shown, and all there are.</returns>
    /// <exception cref="StoreException">An artifact is missing or damaged.</exception>
    /// <exception cref="PackageException">An environment is damaged.</exception>
    public async Task<(long Shown, long Total)> WriteAsync(ReportSource source, Stream target, CancellationToken cancellationToken)
    {
        var page = await ReportPage.BeginAsync(target, source.Manifest.Name, cancellationToken);
        var judgements = new List<Judgement>();
        foreach (var reference in source.Judgements)
        {
            judgements.Add(await artifacts.ReadJsonAsync<Judgement>(reference, cancellationToken));
        }

        var choice = await EpisodeChoice.MakeAsync(artifacts, judgements, options.Episodes, source.Manifest.Seed, cancellationToken);
        for (var domain = 0; domain < judgements.Count; domain++)
        {
            await AddDomainAsync(page, domain, judgements[domain], source.DocumentNames, choice, cancellationToken);
        }

        await page.AddAsync("index", index, cancellationToken);
        await page.AddAsync("overview", Overview(source, judgements, choice), cancellationToken);
        await page.EndAsync(cancellationToken);
        return (index.Ids.Count, choice.Total);
    }

    private object Overview(ReportSource source, IEnumerable<Judgement> judgements, EpisodeChoice choice) => new
    {
        source.Manifest,
        source.Summary,
        source.Funnel.Total,
        source.Funnel.Confusion,
        Environments = judgements.Select(judgement => judgement.Funnel),
        source.RejectedDomains,
        source.Run,
        source.Spent,
        Shown = index.Ids.Count,
        Episodes = choice.Total,
        Chunks = chunks,
    };

    private async Task AddDomainAsync(
        ReportPage page, int domain, Judgement judgement, IReadOnlyDictionary<string, string> documents, EpisodeChoice choice, CancellationToken cancellationToken)
    {
        var package = await PackageFolder.ReadAsync(artifacts, ArtifactSibling.Of(judgement.Outcome, "package/"), cancellationToken);
        await page.AddAsync($"domain-{domain}", await ReportDomain.ReadAsync(artifacts, judgement, package, documents, cancellationToken), cancellationToken);
        var tasks = await EpisodeSource.ReadTasksAsync(artifacts, judgement.Tasks, cancellationToken);
        var verdicts = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        await foreach (var verdict in artifacts.ReadLinesAsync<Verdict>(judgement.Verdicts, cancellationToken))
        {
            verdicts[verdict.Episode] = verdict;
        }

        var difficulties = new Dictionary<string, TaskStanding>(StringComparer.Ordinal);
        await foreach (var difficulty in artifacts.ReadLinesAsync<TaskStanding>(judgement.Difficulty, cancellationToken))
        {
            difficulties[difficulty.Task] = difficulty;
        }

        var tools = package.Tools.Select((tool, number) => (tool.Name, number)).ToDictionary(tool => tool.Name, tool => tool.number, StringComparer.Ordinal);
        var states = new StateOutcomes(engine, package);
        foreach (var shard in judgement.Episodes)
        {
            long number = 0;
            await foreach (var line in artifacts.ReadTextLinesAsync(shard, cancellationToken))
            {
                number++;
                progress?.Report(new CountProgress(++read, choice.Total));
                var (id, task) = EpisodeLine.Read(line, shard);
                if (!tasks.TryGetValue(task, out var spec) || !verdicts.TryGetValue(id, out var verdict) || !difficulties.TryGetValue(task, out var difficulty))
                {
                    throw new StoreException($"artifact '{shard}': episode {id} is of an unknown task, or has no verdict or difficulty");
                }

                if (choice.Has(id))
                {
                    Add(domain, ArtifactStoreExtensions.ParseLine<EpisodeRecord>(line, shard, number), spec, difficulty, verdict, package, tools, states);
                    characters += line.Length;
                    if (open.Count >= ChunkEpisodes || characters >= ChunkCharacters)
                    {
                        await CloseChunkAsync(page, cancellationToken);
                    }
                }
            }
        }

        await CloseChunkAsync(page, cancellationToken);
        places.Clear();
    }

    private void Add(
        int domain,
        EpisodeRecord episode,
        TaskSpec task,
        TaskStanding difficulty,
        Verdict verdict,
        EnvironmentPackage package,
        Dictionary<string, int> tools,
        StateOutcomes states)
    {
        if (!places.TryGetValue(task.Id, out var place))
        {
            places[task.Id] = place = index.TaskList.Count;
            index.TaskList.Add(new ReportIndex.IndexedTask(
                task.Id,
                string.Join(' ', task.Requests.Select(request => request.Text)),
                task.IsReadOnly,
                difficulty.Trials + difficulty.Spoilt,
                difficulty.Trials,
                difficulty.Passed,
                difficulty.Band));
        }

        if (!openTasks.ContainsKey(place))
        {
            openTasks[place] = new ReportEpisode.ReportTask(task.Id, task.Seed, task.Requests, task.Gold, states.OfGold(task), task.InitialChanges.Count);
        }

        var right = TaskUnderFault.Of(task, episode);
        var isEqual = episode.FinalHash == right.GoldHash;
        open.Add(new ReportEpisode
        {
            Id = episode.Id,
            Trial = episode.Trial,
            Seed = episode.Seed,
            Generator = episode.Generator,
            Models = episode.Models,
            Usage = episode.Usage,
            Failure = episode.Failure,
            Termination = episode.Termination,
            Messages = [.. episode.Messages.Where(message => message.Role != "system")],
            Calls = [.. episode.Calls.Select(call => new ReportEpisode.CallFacts(call.Id, call.IsError, call.ErrorCode, call.RowsChanged))],
            Faults = episode.Faults,
            ToolFault = episode.ToolFault,
            Reward = EpisodeFunnel.Reward(episode, task, package, MatchMode.Strict),
            Detail = verdict.Detail,
            StateEqual = isEqual,
            Changes = isEqual ? null : states.Of(episode, task),
            GoldDiffers = right.GoldHash != task.GoldHash,
            GoldChanges = right.GoldHash == task.GoldHash ? null : states.OfGold(right),
        });
        index.Ids.Add(episode.Id);
        index.Domains.Add(domain);
        index.Tasks.Add(place);
        index.Trials.Add(episode.Trial);
        index.Stages.Add(ReportIndex.PlaceOf(index.StageWords, verdict.Stage is { } stage ? EnumWord.Of(stage) : null));
        index.Reasons.Add(ReportIndex.PlaceOf(index.ReasonWords, verdict.Reason));
        index.Attributions.Add(ReportIndex.PlaceOf(index.AttributionWords, verdict.Attribution is { } attribution ? EnumWord.Of(attribution) : null));
        index.Faults.Add([.. episode.Faults.Select(fault => ReportIndex.PlaceOf(index.FaultWords, EnumWord.Of(fault.Kind))).Distinct()]);
        index.Tools.Add([.. episode.Calls.Where(call => tools.ContainsKey(call.Tool)).Select(call => tools[call.Tool]).Distinct()]);
        index.Calls.Add(episode.Calls.Count);
        index.Errors.Add(episode.Calls.Count(call => call.IsError));
        index.Chunks.Add(chunks);
    }

    private async Task CloseChunkAsync(ReportPage page, CancellationToken cancellationToken)
    {
        if (open.Count > 0)
        {
            await page.AddAsync(FormattableString.Invariant($"chunk-{chunks++}"), new { Tasks = openTasks, Episodes = open }, cancellationToken);
            open.Clear();
            openTasks.Clear();
            characters = 0;
        }
    }
}
