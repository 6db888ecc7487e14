using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;
using AgentScaler.Determinism;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Core.Tests.Datasets.Decontamination;

/// <summary>A copy of a sound dataset in which a benchmark's parts can be planted, and a benchmark's files beside it.</summary>
internal sealed class PlantedDataset : IDisposable
{
    private const string CanonicalName = "dataset/canonical.jsonl";
    private const string RejectedName = "rejected.jsonl";
    private const string TasksName = "dataset/tasks.jsonl";
    private const string DifficultyName = "dataset/difficulty.jsonl";

    private readonly TemporaryFolder folder = new();
    private readonly List<JsonObject> rows;
    private readonly List<JsonObject> rejected;
    private readonly List<JsonObject> tasks;
    private readonly List<JsonObject> difficulties;

    public PlantedDataset(LibraryCampaign source)
    {
        foreach (var file in Directory.EnumerateFiles(source.Directory, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(Root, Path.GetRelativePath(source.Directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        Directory.CreateDirectory(Benchmark);
        rows = Read(CanonicalName);
        rejected = Read(RejectedName);
        tasks = Read(TasksName);
        difficulties = Read(DifficultyName);
    }

    /// <summary>The campaign's folder.</summary>
    public string Root => folder.File("campaign");

    /// <summary>The benchmark's folder, empty at first.</summary>
    public string Benchmark => folder.File("benchmark");

    /// <summary>The rows, to be changed.</summary>
    public IReadOnlyList<JsonObject> Rows => rows;

    /// <summary>The tasks, to be changed.</summary>
    public IReadOnlyList<JsonObject> Tasks => tasks;

    /// <summary>The lines of a file of a dataset that was written beside it.</summary>
    public List<JsonObject> Written(string name, string file) => Read(file, Beside(name));

    /// <summary>Takes a task's line away, as if an agent had to abstain in it.</summary>
    public void Unlist(string task) => Assert.Equal(1, tasks.RemoveAll(line => (string?)line["task"] == task));

    /// <summary>Adds a rejected trajectory of a task and an environment that have no other, with a tool more.</summary>
    public void Reject(string task, string environment, string function)
    {
        var row = rejected[^1].DeepClone().AsObject();
        foreach (var (name, value) in new[] { ("task", task), ("environment", environment), ("episode", "episode-z") })
        {
            row["metadata"]![name] = value;
        }

        row["tools"]!.AsArray().Add(new JsonObject { ["type"] = "function", ["function"] = JsonNode.Parse(function) });
        rejected.Add(row);
        var difficulty = difficulties[^1].DeepClone().AsObject();
        (difficulty["task"], difficulty["environment"], difficulty["kept"]) = (task, environment, 0);
        difficulties.Add(difficulty);
    }

    public string Beside(string name) => folder.File(name);

    public PlantedDataset Write(string name, string text)
    {
        File.WriteAllText(Path.Combine(Benchmark, name), text);
        return this;
    }

    /// <summary>The id of a row.</summary>
    public string Episode(int row) => (string)rows[row]["metadata"]!["episode"]!;

    /// <summary>Adds words to a row's first user message.</summary>
    public void PlantText(int row, string text)
    {
        var message = rows[row]["messages"]!.AsArray().First(message => (string?)message!["role"] == "user")!;
        message["content"] = (string?)message["content"] + " " + text;
    }

    /// <summary>Puts an object into a row's first tool result.</summary>
    public void PlantRow(int row, string json) =>
        rows[row]["messages"]!.AsArray().First(message => (string?)message!["role"] == "tool")!["content"] = $$"""{"found":[{"id":"x"},{{json}}]}""";

    /// <summary>Gives a row a tool more, and an environment of its own.</summary>
    public void PlantTool(int row, string environment, string function)
    {
        rows[row]["metadata"]!["environment"] = environment;
        rows[row]["tools"]!.AsArray().Add(new JsonObject { ["type"] = "function", ["function"] = JsonNode.Parse(function) });
    }

    /// <summary>Adds a file of preference pairs, one of each of the given rows.</summary>
    public async Task PairAsync(params int[] of)
    {
        var pairs = of.Select(row => new JsonObject
        {
            ["id"] = $"pair-{row}",
            ["task"] = rows[row]["metadata"]!["task"]!.DeepClone(),
            ["chosen"] = Episode(row),
            ["rejected"] = "episode-x",
            ["environment"] = rows[row]["metadata"]!["environment"]!.DeepClone(),
            ["prompt"] = new JsonArray([.. rows[row]["messages"]!.AsArray().Take(2).Select(message => message!.DeepClone())]),
            ["preferred"] = new JsonArray(rows[row]["messages"]!.AsArray()[^1]!.DeepClone()),
            ["non_preferred"] = new JsonArray(new JsonObject { ["role"] = "assistant", ["content"] = "No.", ["train"] = true }),
            ["tools"] = rows[row]["tools"]!.DeepClone(),
        });
        await File.WriteAllTextAsync(Path.Combine(Root, "dataset", "preferences.jsonl"), string.Concat(pairs.Select(pair => DatasetJson.Line(pair) + "\n")));
        var path = Path.Combine(Root, "dataset", "manifest.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        manifest["files"]!.AsArray().Add(new JsonObject { ["path"] = "dataset/preferences.jsonl", ["artifact"] = "preferences.jsonl", ["sha256"] = "", ["bytes"] = 0 });
        await File.WriteAllTextAsync(path, manifest.ToJsonString());
    }

    /// <summary>Writes the rows, and a manifest that agrees with them, and compares.</summary>
    public async Task<DecontaminationReport> RunAsync(DecontaminationMode mode = DecontaminationMode.Report, string? output = null, DecontaminationSettings? settings = null, string? against = null)
    {
        await WriteAsync(CanonicalName, rows);
        await WriteAsync(RejectedName, rejected);
        await WriteAsync(TasksName, tasks);
        await WriteAsync(DifficultyName, difficulties);
        var request = new DecontaminationRequest(Root, [against ?? Benchmark], mode, output, settings ?? new DecontaminationSettings());
        return (await Decontaminator.RunAsync(request, null, CancellationToken.None)).Report;
    }

    /// <summary>Has manifest and card say this of the rows.</summary>
    public async Task DescribeAsync(IReadOnlyList<string> licences, SortedDictionary<string, long> difficulty)
    {
        var before = await DatasetManifestFile.ReadAsync(Root, CancellationToken.None);
        var coverage = new CoverageReport { Tools = 12, ToolsCovered = 11, Edges = 30, EdgesCovered = 21, ByLength = new() { [3] = 4 }, ByKind = new(StringComparer.Ordinal) { ["reads"] = 4 } };
        var after = before with { Licences = licences, Difficulty = difficulty, Coverage = coverage };
        var path = Path.Combine(Root, "dataset", "README.md");
        var card = DatasetCardRevision.Of(await File.ReadAllTextAsync(path), before, after);

        // Sections that the card has are revised; the others are put in.
        var added = (before.Coverage is null ? DatasetCard.Coverage(after) : "") + (before.Difficulty.Count == 0 ? DatasetCard.Difficulty(after) : "");
        await File.WriteAllTextAsync(path, card.Replace("## Funnel\n", added + "## Funnel\n", StringComparison.Ordinal));
        await DatasetManifestFile.WriteAsync(Root, after, CancellationToken.None);
    }

    private List<JsonObject> Read(string file, string? root = null) => [.. File.ReadLines(Path.Combine([root ?? Root, .. file.Split('/')])).Select(line => JsonNode.Parse(line)!.AsObject())];

    private async Task WriteAsync(string name, IEnumerable<JsonObject> lines)
    {
        var text = string.Concat(lines.Select(line => DatasetJson.Line(line) + "\n"));
        await File.WriteAllTextAsync(Path.Combine([Root, .. name.Split('/')]), text);
        var path = Path.Combine(Root, "dataset", "manifest.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var file = manifest["files"]!.AsArray().Single(file => (string?)file!["path"] == name)!;
        file["sha256"] = Sha256Text.Of(text);
        file["bytes"] = System.Text.Encoding.UTF8.GetByteCount(text);
        manifest["counts"]!["tasksLeftOut"] = (long)manifest["counts"]!["tasks"]! - tasks.Count;
        await File.WriteAllTextAsync(path, manifest.ToJsonString());
    }

    public void Dispose() => folder.Dispose();
}
