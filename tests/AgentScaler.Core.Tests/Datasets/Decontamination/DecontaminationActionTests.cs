using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;
using AgentScaler.Datasets.Writers;
using static AgentScaler.Core.Tests.Datasets.Decontamination.KettleBenchmark;

namespace AgentScaler.Core.Tests.Datasets.Decontamination;

/// <summary>What becomes of a dataset in which contamination was found: rows are left out or marked.</summary>
public sealed class DecontaminationActionTests(DatasetValidatorTests.Sound sound) : IClassFixture<DatasetValidatorTests.Sound>, IDisposable
{
    private readonly PlantedDataset dataset = new(sound.Campaign);

    [Fact]
    public async Task RunAsync_Exclude_WritesAValidDatasetWithoutThem()
    {
        dataset.WithBenchmark();
        dataset.PlantText(3, Instruction);
        dataset.PlantTool(7, "env-kettles", Tool);
        var output = dataset.Beside("clean");
        var report = await dataset.RunAsync(DecontaminationMode.Exclude, output);
        Assert.Equal(2, report.Contaminated);
        Assert.Empty(await DatasetValidator.ValidateAsync(output, CancellationToken.None));
        var manifest = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(output, "dataset", "manifest.json")));
        Assert.Equal(report.Trajectories - 2, manifest.GetProperty("counts").GetProperty("kept").GetInt64());
        Assert.Equal(2, manifest.GetProperty("counts").GetProperty("environmentsWithKept").GetInt64());
        Assert.Equal(2, manifest.GetProperty("decontamination").GetProperty("contaminated").GetInt64());
        var ids = File.ReadLines(Path.Combine(output, "dataset", "canonical.jsonl")).Select(line => JsonElement.Parse(line).GetProperty("metadata").GetProperty("episode").GetString()).ToList();
        Assert.Equal(report.Trajectories - 2, ids.Count);
        Assert.DoesNotContain(dataset.Episode(3), ids);
        Assert.DoesNotContain(dataset.Episode(7), ids);
        var card = await File.ReadAllTextAsync(Path.Combine(output, "dataset", "README.md"));
        Assert.Contains($"\n{report.Trajectories - 2} tool-use trajectories from 2 executable", card, StringComparison.Ordinal);
        Assert.Contains($"{report.Trajectories} trajectories were compared with 4 files (benchmark/db.json, benchmark/policy.md, benchmark/tasks.jsonl, benchmark/tools.json): 2 contaminated, left out.", card, StringComparison.Ordinal);
        Assert.Single(card.Split('\n'), line => line == "## Decontamination");
        Assert.Equal(0, (await Decontaminator.RunAsync(new DecontaminationRequest(output, [dataset.Benchmark], DecontaminationMode.Report, null, new()), null, CancellationToken.None)).Report.FindingsInAll);
    }

    [Fact]
    public async Task RunAsync_ExcludeIntoAUsedFolder_IsRefusedAndLeavesItAsItIs()
    {
        dataset.WithBenchmark();
        var output = dataset.Beside("used");
        Directory.CreateDirectory(output);
        var file = Path.Combine(output, "tasks.jsonl");
        await File.WriteAllTextAsync(file, "mine");
        var error = await Assert.ThrowsAsync<DatasetException>(() => dataset.RunAsync(DecontaminationMode.Exclude, output));
        Assert.Contains($"found '{output}' in use", error.Message, StringComparison.Ordinal);
        Assert.Equal([file], Directory.EnumerateFileSystemEntries(output, "*", SearchOption.AllDirectories));
        File.Delete(file);
        await dataset.RunAsync(DecontaminationMode.Exclude, output);
        await Assert.ThrowsAsync<DatasetException>(() => dataset.RunAsync(DecontaminationMode.Exclude, output));
    }

    [Fact]
    public async Task RunAsync_Exclude_LeavesOutPairsAndTasksToo()
    {
        dataset.WithBenchmark();
        dataset.PlantText(3, Instruction);
        await dataset.PairAsync(2, 3, 4);
        await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("clean"));
        var ids = File.ReadLines(Path.Combine(dataset.Beside("clean"), "dataset", "preferences.jsonl")).Select(line => JsonElement.Parse(line).GetProperty("id").GetString());
        Assert.Equal(["pair-2", "pair-4"], ids);
        Assert.Equal(0, (await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("again"))).ProblemsInAll);
        var files = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(dataset.Beside("clean"), "dataset", "manifest.json"))).GetProperty("files");
        Assert.Equal(2, files.EnumerateArray().Single(file => file.GetProperty("path").GetString() == "dataset/preferences.jsonl").GetProperty("rows").GetInt64());
    }

    [Fact]
    public async Task RunAsync_ExcludedEpisode_TakesThePairThatPrefersItAlong()
    {
        dataset.WithBenchmark();
        var last = dataset.Rows[3]["messages"]!.AsArray();
        await dataset.PairAsync(2, 3);
        last.Insert(last.Count - 1, new JsonObject { ["role"] = "user", ["content"] = Instruction, ["train"] = false });
        await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("clean"));
        var pair = Assert.Single(File.ReadLines(Path.Combine(dataset.Beside("clean"), "dataset", "preferences.jsonl")));
        Assert.Equal("pair-2", JsonElement.Parse(pair).GetProperty("id").GetString());
    }

    [Fact]
    public async Task RunAsync_ExcludeNothing_SaysTheSameOfTheSameRows()
    {
        await File.WriteAllTextAsync(Path.Combine(dataset.Root, "campaign.json"), "{}");
        await dataset.WithBenchmark().RunAsync(DecontaminationMode.Exclude, dataset.Beside("clean"));
        Assert.Equal("{}", await File.ReadAllTextAsync(Path.Combine(dataset.Beside("clean"), "campaign.json")));
        var (before, after) = (await DatasetManifestFile.ReadAsync(dataset.Root, CancellationToken.None), await DatasetManifestFile.ReadAsync(dataset.Beside("clean"), CancellationToken.None));
        Assert.Equal(before.Counts, after.Counts);
        Assert.Equal(before.Licences, after.Licences);
        Assert.Equal(before.Difficulty, after.Difficulty);
        Assert.Equal(before.Coverage?.Edges, after.Coverage?.Edges);
        Assert.Equal(before.Files.Where(file => file.Rows is not null).Select(file => (file.Path, file.Sha256)), after.Files.Where(file => file.Rows is not null).Select(file => (file.Path, file.Sha256)));
    }

    [Fact]
    public async Task RunAsync_Exclude_DescribesTheNewRows()
    {
        dataset.WithBenchmark();
        dataset.Rows[3]["metadata"]!["licences"] = new JsonArray("GPL-3.0", "MIT");
        dataset.PlantText(3, Instruction);
        var gone = dataset.Rows[7];
        foreach (var row in dataset.Rows.Where(row => (string?)row["metadata"]!["environment"] == (string?)gone["metadata"]!["environment"]))
        {
            row["messages"]![0]!["content"] = Policy;
        }

        foreach (var row in dataset.Rows.Select((row, i) => (Metadata: row["metadata"]!, i)))
        {
            row.Metadata["difficulty"] = new JsonObject { ["trials"] = 4, ["passed"] = 2, ["band"] = row.i == 3 ? "hard" : "easy" };
        }

        await dataset.DescribeAsync(["GPL-3.0", "MIT"], new() { ["easy"] = dataset.Rows.Count - 1, ["hard"] = 1 });
        var output = dataset.Beside("clean");
        await dataset.RunAsync(DecontaminationMode.Exclude, output);
        var left = File.ReadLines(Path.Combine(output, "dataset", "canonical.jsonl")).Select(line => JsonElement.Parse(line).GetProperty("metadata")).ToList();
        var manifest = await DatasetManifestFile.ReadAsync(output, CancellationToken.None);
        Assert.Equal(left.SelectMany(row => row.GetProperty("licences").EnumerateArray()).Select(licence => licence.GetString()).Distinct().Order(StringComparer.Ordinal), manifest.Licences);
        Assert.DoesNotContain("GPL-3.0", manifest.Licences);
        Assert.Equal([new("easy", left.Count)], manifest.Difficulty);
        Assert.Null(manifest.Coverage);
        var card = await File.ReadAllTextAsync(Path.Combine(output, "dataset", "README.md"));
        Assert.Contains($"| easy | {left.Count} |\n\n", card, StringComparison.Ordinal);
        Assert.DoesNotContain("| hard |", card, StringComparison.Ordinal);
        Assert.DoesNotContain("GPL-3.0", card, StringComparison.Ordinal);
        Assert.DoesNotContain("## Coverage", card, StringComparison.Ordinal);
        var tasks = File.ReadLines(Path.Combine(output, "dataset", "tasks.jsonl")).Select(line => JsonElement.Parse(line)).ToList();
        Assert.DoesNotContain(tasks, task => task.GetProperty("environment").GetString() == (string?)gone["metadata"]!["environment"]);
        Assert.All(tasks, task => Assert.Equal(left.Count(row => row.GetProperty("task").GetString() == task.GetProperty("task").GetString()), task.GetProperty("kept").GetInt32()));
        Assert.Equal(left.Count, tasks.Sum(task => task.GetProperty("kept").GetInt32()));
        Assert.Empty(await DatasetValidator.ValidateAsync(output, CancellationToken.None));
    }

    [Theory]
    [InlineData("prompt")]
    [InlineData("outputs")]
    [InlineData("calls")]
    public async Task RunAsync_ContaminatedTask_ContaminatesItsTrajectories(string where)
    {
        dataset.WithBenchmark();
        var task = dataset.Tasks.Single(task => (string?)task["task"] == (string?)dataset.Rows[3]["metadata"]!["task"]);
        if (where == "prompt")
        {
            task["prompt"]!.AsArray()[^1]!["content"] = Instruction;
        }
        else if (where == "outputs")
        {
            task["gold"]!["required_outputs"]!.AsArray().Add(Instruction);
        }
        else
        {
            task["gold"]!["calls"]!.AsArray().Add(new JsonObject { ["name"] = "x", ["arguments"] = JsonNode.Parse(Row) });
        }

        var report = await dataset.RunAsync(DecontaminationMode.Mark);
        var finding = Assert.Single(report.Findings);
        Assert.Equal(((string?)task["task"], null, where == "calls" ? ContaminationKind.Row : ContaminationKind.Intent), (finding.Task, finding.Episode, finding.Kind));
        Assert.StartsWith(where == "prompt" ? "$.prompt[" : "$.gold.", finding.Place, StringComparison.Ordinal);
        var trajectories = dataset.Rows.Where(row => (string?)row["metadata"]!["task"] == (string?)task["task"]).Select(row => (string?)row["metadata"]!["episode"]).ToList();
        Assert.Equal(trajectories.Count, report.Contaminated);
        var marked = File.ReadLines(Path.Combine(dataset.Root, "dataset", ContaminationMark.FileName)).Select(line => JsonElement.Parse(line)).Where(mark => mark.GetProperty("contaminated").GetBoolean());
        Assert.Equal(trajectories, marked.Select(mark => mark.GetProperty("episode").GetString()));
    }

    [Fact]
    public async Task RunAsync_ReasoningAndArguments_AreRead()
    {
        dataset.WithBenchmark();
        var spoken = dataset.Rows[2]["messages"]!.AsArray().First(message => (string?)message!["role"] == "assistant")!;
        spoken["reasoning_content"] = "So they said: " + Instruction;
        var calling = dataset.Rows[5]["messages"]!.AsArray().First(message => message!["tool_calls"] is not null)!;
        calling["tool_calls"]![0]!["function"]!["arguments"] = JsonNode.Parse(Row);
        var report = await dataset.RunAsync();
        Assert.Equal(
            [(ContaminationKind.Intent, dataset.Episode(2), ".reasoning_content"), (ContaminationKind.Row, dataset.Episode(5), ".tool_calls[0].function.arguments")],
            report.Findings.OrderBy(finding => finding.Kind).Select(finding => (finding.Kind, finding.Episode, finding.Place[finding.Place.IndexOf('.', 3)..])));
    }

    [Fact]
    public async Task RunAsync_Mark_SaysOfEachTrajectoryWhetherItIsContaminatedAndLeavesTheRows()
    {
        dataset.WithBenchmark();
        dataset.PlantText(3, Instruction);
        dataset.PlantRow(3, Row);
        var report = await dataset.RunAsync(DecontaminationMode.Mark);
        var marks = File.ReadLines(Path.Combine(dataset.Root, "dataset", ContaminationMark.FileName)).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Equal(report.Trajectories, marks.Count);
        Assert.All(marks, mark => Assert.Equal(["contaminated", "environment", "episode", "kinds"], mark.EnumerateObject().Select(property => property.Name)));
        var marked = Assert.Single(marks, mark => mark.GetProperty("contaminated").GetBoolean());
        Assert.Equal(dataset.Episode(3), marked.GetProperty("episode").GetString());
        Assert.Equal(["intent", "row"], marked.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()));
        Assert.Empty(await DatasetValidator.ValidateAsync(dataset.Root, CancellationToken.None));
        Assert.Contains("1 contaminated, marked in `contamination.jsonl`", await File.ReadAllTextAsync(Path.Combine(dataset.Root, "dataset", "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_MarkAfterAnExport_KeepsTheFormatInTheCard()
    {
        dataset.WithBenchmark();
        var manifest = await DatasetManifestFile.ReadAsync(dataset.Root, CancellationToken.None);
        await new DatasetExporter(new FolderExportPlace(dataset.Root, Path.Combine(dataset.Root, "dataset")), manifest, null).WriteAsync(DatasetFormat.Of(ExportFormat.OpenAi), CancellationToken.None);
        await dataset.RunAsync(DecontaminationMode.Mark);
        var card = await File.ReadAllTextAsync(Path.Combine(dataset.Root, "dataset", "README.md"));
        Assert.Contains("path: openai/train.jsonl\n", card, StringComparison.Ordinal);
        Assert.Contains("path: contamination.jsonl\n", card, StringComparison.Ordinal);
        Assert.Empty(await DatasetValidator.ValidateAsync(dataset.Root, CancellationToken.None));
    }

    public void Dispose() => dataset.Dispose();
}
