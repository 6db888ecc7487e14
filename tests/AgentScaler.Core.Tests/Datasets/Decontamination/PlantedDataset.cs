using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;
using AgentScaler.Determinism;

namespace AgentScaler.Core.Tests.Datasets.Decontamination;

/// <summary>A copy of a sound dataset in which a benchmark's parts can be planted, and a benchmark's files beside it.</summary>
internal sealed class PlantedDataset : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<JsonObject> rows;

    public PlantedDataset(LibraryCampaign source)
    {
        foreach (var file in Directory.EnumerateFiles(source.Directory, "*", SearchOption.AllDirectories))
        {
            var path = Path.Combine(Root, Path.GetRelativePath(source.Directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        Directory.CreateDirectory(Benchmark);
        rows = [.. File.ReadLines(CanonicalPath).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>The campaign's folder.</summary>
    public string Root => folder.File("campaign");

    /// <summary>The benchmark's folder, empty at first.</summary>
    public string Benchmark => folder.File("benchmark");

    private string CanonicalPath => Path.Combine(Root, "dataset", "canonical.jsonl");

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
        var text = string.Concat(rows.Select(row => DatasetJson.Line(row) + "\n"));
        await File.WriteAllTextAsync(CanonicalPath, text);
        var path = Path.Combine(Root, "dataset", "manifest.json");
        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        var file = manifest["files"]!.AsArray().Single(file => (string?)file!["path"] == "dataset/canonical.jsonl")!;
        file["sha256"] = Sha256Text.Of(text);
        file["bytes"] = System.Text.Encoding.UTF8.GetByteCount(text);
        await File.WriteAllTextAsync(path, manifest.ToJsonString());
        var request = new DecontaminationRequest(Root, [against ?? Benchmark], mode, output, settings ?? new DecontaminationSettings());
        return (await Decontaminator.RunAsync(request, null, CancellationToken.None)).Report;
    }

    public void Dispose() => folder.Dispose();
}
