using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Datasets;

/// <summary>Stages 5 to 7 of a campaign over a few libraries, run step by step on a folder.</summary>
internal sealed class LibraryCampaign : IDisposable
{
    public const string Prefix = "steps/datasets.assemble/key/";

    /// <summary>Rows in which the initial state of the third task of each environment differs from the package's.</summary>
    private static readonly IReadOnlyList<RowChange> Distractors =
    [
        new("books", "book-105", null),
        new("books", "book-106", LibraryEnvironment.Json("""{"book_id":"book-106","title":"Villette","author":"Charlotte Brontë","pages":611,"status":"available"}""")),
    ];

    private readonly TemporaryFolder folder = new();

    /// <param name="pairsPerTask">Most preference pairs of a task; with 0 the dataset has no file of them.</param>
    public LibraryCampaign(int pairsPerTask = 4)
    {
        Artifacts = new FolderArtifactStore(folder.File("artifacts"));
        Identity = new() { Seed = 7, Episodes = new EpisodeSettings { Trials = 12, FaultShare = 0.5 }, Dataset = new DatasetSettings { PairsPerTask = pairsPerTask } };
    }

    public CampaignIdentity Identity { get; }

    public FolderArtifactStore Artifacts { get; }

    public string Directory => folder.File("campaign");

    public EnvironmentEngine Engine { get; } = new(new EngineOptions(), LibraryEnvironment.Clock);

    /// <summary>Runs everything for the given number of environments and writes the campaign's folder.</summary>
    /// <param name="formats">The consumers the dataset is written for as well.</param>
    /// <param name="reversed">Runs environments and hands over references in the opposite order.</param>
    public async Task<DatasetManifest> RunAsync(int environments = 3, bool reversed = false, IReadOnlyList<ExportFormat>? formats = null)
    {
        var judgements = new List<string>();
        foreach (var number in Order(Enumerable.Range(1, environments)))
        {
            judgements.Add(await RunEnvironmentAsync(number));
        }

        await Artifacts.TryCreateJsonAsync(
            "steps/environments.build/rejected/outcome.json",
            new EnvironmentOutcome { Domain = "domain-9", DomainName = "nothing", Kept = false, Reason = "too-few-tools", ToolsIn = 1, ToolsKept = [], ToolsRejected = [] },
            CancellationToken.None);
        var pages = new List<string>
        {
            (await StepAsync(new CollectPageStep(), "1", [judgements[0], "steps/environments.build/rejected/outcome.json"])).Output,
            (await StepAsync(new CollectPageStep(), "2", [.. judgements.Skip(1)])).Output,
        };
        await Artifacts.TryCreateTextAsync("tools.jsonl", "{}\n{}\n", CancellationToken.None);
        await Artifacts.TryCreateTextAsync("domains.jsonl", "{}\n", CancellationToken.None);
        var origin = new DatasetOrigin("test", Sha256Text.Of("identity"), Identity.Seed, Identity.Episodes, Identity.Funnel) { Formats = formats ?? [], Pairs = Identity.Dataset.PairsPerTask > 0 };
        var manifest = await new DatasetAssembly(Artifacts, origin, Prefix).RunAsync("tools.jsonl", "domains.jsonl", pages, CancellationToken.None);
        await DatasetExport.WriteAsync(Artifacts, Prefix + DatasetManifest.FileName, Directory, CancellationToken.None);
        return manifest;

        IEnumerable<int> Order(IEnumerable<int> numbers) => reversed ? numbers.Reverse() : numbers;
    }

    /// <summary>What the dataset adds to earlier increments: reference and manifest.</summary>
    public async Task<(string Reference, IncrementManifest Increment)> ExtendAsync(string key, params string[] earlier)
    {
        var result = await StepAsync(new ExtendSeriesStep(), key, [Prefix + DatasetManifest.FileName, .. earlier]);
        return (result.Output, await Artifacts.ReadJsonAsync<IncrementManifest>(result.Output, CancellationToken.None));
    }

    public string ReadFile(string name) => File.ReadAllText(Path.Combine([Directory, .. name.Split('/')]));

    public void Dispose()
    {
        Engine.Dispose();
        Artifacts.Dispose();
        folder.Dispose();
    }

    private async Task<string> RunEnvironmentAsync(int number)
    {
        var package = LibraryEnvironment.Package() with { Id = $"env-library-{number}" };
        var build = $"steps/environments.build/{number}/";
        await PackageFolder.WriteAsync(Artifacts, build + "package/", package, CancellationToken.None);
        var outcome = new EnvironmentOutcome
        {
            Domain = $"domain-{number}",
            DomainName = "library",
            Kept = true,
            Environment = package.Id,
            ToolsIn = package.Tools.Count,
            ToolsKept = [.. package.Tools.Select(tool => tool.Name)],
            ToolsRejected = [],
        };
        await Artifacts.TryCreateJsonAsync(build + "outcome.json", outcome, CancellationToken.None);
        var environment = LoadedEnvironment.Load(package);
        var tasks = LibraryEnvironment.Tasks(Engine, environment).Select(task => task with { Id = $"{task.Id}-{number}" }).ToList();
        tasks[2] = LibraryEnvironment.From(tasks[2], Distractors, Engine, environment);
        await Artifacts.TryCreateLinesAsync($"steps/tasks.build/{number}/tasks.jsonl", tasks, CancellationToken.None);
        var shards = new List<string>();
        foreach (var (shard, i) in tasks.Chunk(2).Select((shard, i) => (shard, i)))
        {
            var name = $"steps/tasks.build/{number}/shard-{i}.jsonl";
            await Artifacts.TryCreateLinesAsync(name, shard, CancellationToken.None);
            shards.Add((await StepAsync(new RollOutStep(Engine, new NoModels()), $"{number}-{i}", [build + "outcome.json", name])).Output);
        }

        return (await StepAsync(new JudgeStep(Engine, new NoModels()), $"{number}", [build + "outcome.json", $"steps/tasks.build/{number}/tasks.jsonl", .. shards])).Output;
    }

    private Task<StepResult> StepAsync(IStep step, string key, IReadOnlyList<string> inputs) => step.RunAsync(
        new StepRun(key, step.SelectSettings(Identity), inputs, $"steps/{step.Name.Name}/{key}/", Artifacts), CancellationToken.None);
}
