using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Datasets;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Reports;
using AgentScaler.Storage;
using AgentScaler.Tasks;

namespace AgentScaler.Report.Tests;

/// <summary>
/// A small campaign that the real program ran, and its report of ten thousand episodes: each episode stands there many times over, as a trial of its own. The first
/// domain's tasks and tool results hold markup that would show if it were taken for more than text.
/// </summary>
public sealed class ManifoldCampaign : IAsyncLifetime
{
    /// <summary>Markup in a request and in every result of the first domain.</summary>
    public const string Planted = "<script>window.planted=1</script><img src=x onerror=\"window.planted=1\">";

    private const int Wanted = 10_000;

    private static readonly DifficultyBand[] BandsInTurn = [DifficultyBand.Easy, DifficultyBand.Medium, DifficultyBand.Hard];

    private const string Small = """
        { "identity": { "tasks": { "perEnvironment": 5 }, "episodes": { "trials": 4, "faultShare": 0.6 } } }
        """;

    private readonly TemporaryFolder folder = new();

    /// <summary>The report's file.</summary>
    public string Page => folder["report.html"];

    /// <summary>The campaign's folder, with the report that <c>run</c> wrote.</summary>
    public string Folder => folder["campaign"];

    /// <summary>Episodes shown.</summary>
    public long Shown { get; private set; }

    /// <summary>Episodes kept among them.</summary>
    public int Kept { get; private set; }

    /// <summary>Episodes by reason among them.</summary>
    public SortedDictionary<string, int> Reasons { get; } = new(StringComparer.Ordinal);

    /// <summary>Episodes by the stage that rejected them.</summary>
    public SortedDictionary<string, int> Stages { get; } = new(StringComparer.Ordinal);

    /// <summary>Episodes by environment.</summary>
    public SortedDictionary<string, int> Environments { get; } = new(StringComparer.Ordinal);

    /// <summary>Episodes by the band of their task; tasks are given one in turn.</summary>
    public SortedDictionary<string, int> Bands { get; } = new(StringComparer.Ordinal);

    /// <summary>Episodes by injected mistake; those without any as <c>none</c>.</summary>
    public SortedDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    /// <summary>Episodes whose gold <c>writes</c>, and those whose gold only <c>reads</c>.</summary>
    public SortedDictionary<string, int> Golds { get; } = new(StringComparer.Ordinal);

    /// <summary>Rejected episodes by reason and band.</summary>
    public SortedDictionary<string, int> ReasonsInBands { get; } = new(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        var outcome = await AgentscalerProcess.RunAsync("run", folder.Write("small.json", Small), "--out", Folder);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var campaign = CampaignFolder.OpenExisting(Folder);
        using var engine = new EnvironmentEngine(new EngineOptions(), TimeProvider.System);
        var runner = new StepRunner(campaign.Artifacts, PipelineSteps.Create(engine, null, new NoModels()));
        var source = (await ReportSource.FindAsync(campaign.Artifacts, runner, campaign.Reference, null, CancellationToken.None))!;
        var times = (int)((Wanted + source.Manifest.Counts.Episodes - 1) / source.Manifest.Counts.Episodes);
        var judgements = new List<string>();
        foreach (var reference in source.Judgements)
        {
            judgements.Add(await MultiplyAsync(campaign.Artifacts, reference, judgements.Count, times));
        }

        await using var stream = File.Create(Page);
        (Shown, _) = await new CampaignReport(campaign.Artifacts, engine, new ReportOptions(100_000)).WriteAsync(source with { Judgements = judgements }, stream, CancellationToken.None);
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    private async Task<string> MultiplyAsync(IArtifactStore artifacts, string reference, int number, int times)
    {
        var judgement = await artifacts.ReadJsonAsync<Judgement>(reference, CancellationToken.None);
        var verdicts = await artifacts.ReadLinesAsync<Verdict>(judgement.Verdicts, CancellationToken.None).ToListAsync();
        var tasks = await artifacts.ReadLinesAsync<TaskSpec>(judgement.Tasks, CancellationToken.None).ToListAsync();
        var episodes = new List<EpisodeRecord>();
        foreach (var shard in judgement.Episodes)
        {
            episodes.AddRange(await artifacts.ReadLinesAsync<EpisodeRecord>(shard, CancellationToken.None).ToListAsync());
        }

        if (number == 0)
        {
            tasks = [.. tasks.Select(task => task with { Requests = [.. task.Requests.Select(request => request with { Text = request.Text + " " + Planted })] })];
            episodes = [.. episodes.Select(episode => episode with { Messages = [.. episode.Messages.Select(message => message.Role == "tool" ? message with { Content = Planted } : message)] })];
        }

        Kept += times * verdicts.Count(verdict => verdict.Kept);
        foreach (var verdict in verdicts.Where(verdict => !verdict.Kept))
        {
            Count(Reasons, verdict.Reason!, times);
            Count(Stages, EnumWord.Of(verdict.Stage!.Value), times);
        }

        var bandOf = tasks.Select((task, i) => (task.Id, Band: BandsInTurn[i % BandsInTurn.Length])).ToDictionary(task => task.Id, task => task.Band, StringComparer.Ordinal);
        var readers = tasks.Where(task => task.IsReadOnly).Select(task => task.Id).ToHashSet(StringComparer.Ordinal);
        var reasonOf = verdicts.Where(verdict => !verdict.Kept).ToDictionary(verdict => verdict.Episode, verdict => verdict.Reason!, StringComparer.Ordinal);
        foreach (var episode in episodes)
        {
            Count(Environments, judgement.Funnel.Environment, times);
            Count(Bands, EnumWord.Of(bandOf[episode.Task]), times);
            Count(Golds, readers.Contains(episode.Task) ? "reads" : "writes", times);
            foreach (var kind in episode.Faults.Select(fault => EnumWord.Of(fault.Kind)).Distinct(StringComparer.Ordinal).DefaultIfEmpty("none"))
            {
                Count(Faults, kind, times);
            }

            if (reasonOf.TryGetValue(episode.Id, out var reason))
            {
                Count(ReasonsInBands, $"{reason} {EnumWord.Of(bandOf[episode.Task])}", times);
            }
        }

        var place = $"manifold/{number}/";
        var copies = Enumerable.Range(0, times).ToList();
        await artifacts.TryCreateLinesAsync(place + "tasks.jsonl", tasks, CancellationToken.None);
        await artifacts.TryCreateJsonAsync(place + "report.json", await artifacts.ReadJsonAsync<TaskReport>(ArtifactSibling.Of(judgement.Tasks, "report.json"), CancellationToken.None), CancellationToken.None);
        await artifacts.TryCreateLinesAsync(
            place + "episodes.jsonl",
            copies.SelectMany(copy => episodes.Select(episode => episode with { Id = $"{episode.Id}-{copy}", Trial = episode.Trial + (4 * copy) })),
            CancellationToken.None);
        await artifacts.TryCreateLinesAsync(
            place + "verdicts.jsonl", copies.SelectMany(copy => verdicts.Select(verdict => verdict with { Episode = $"{verdict.Episode}-{copy}" })), CancellationToken.None);
        var standings = await artifacts.ReadLinesAsync<JsonElement>(judgement.Difficulty, CancellationToken.None).ToListAsync();
        await artifacts.TryCreateLinesAsync(
            place + "difficulty.jsonl",
            standings.Select(line => JsonNode.Parse(line.GetRawText())!.AsObject()).Select(line => new JsonObject(line.Select(member =>
                KeyValuePair.Create(member.Key, member.Key == "band" ? JsonValue.Create(EnumWord.Of(bandOf[line["task"]!.GetValue<string>()])) : member.Value?.DeepClone())))),
            CancellationToken.None);
        var many = judgement with
        {
            Tasks = place + "tasks.jsonl",
            Episodes = [place + "episodes.jsonl"],
            Verdicts = place + "verdicts.jsonl",
            Difficulty = place + "difficulty.jsonl",
            Funnel = judgement.Funnel with { Counts = FunnelCounts.Sum(copies.Select(_ => judgement.Funnel.Counts)) },
        };
        await artifacts.TryCreateJsonAsync(place + "judgement.json", many, CancellationToken.None);
        return place + "judgement.json";
    }

    private static void Count(SortedDictionary<string, int> counts, string word, int times) => counts[word] = counts.GetValueOrDefault(word) + times;
}
