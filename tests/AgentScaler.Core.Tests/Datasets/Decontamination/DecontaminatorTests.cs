using System.IO.Compression;
using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;
using AgentScaler.Json;
using AgentScaler.Tools.Sources;
using static AgentScaler.Core.Tests.Datasets.Decontamination.KettleBenchmark;

namespace AgentScaler.Core.Tests.Datasets.Decontamination;

public sealed class DecontaminatorTests(DatasetValidatorTests.Sound sound) : IClassFixture<DatasetValidatorTests.Sound>, IDisposable
{
    private readonly PlantedDataset dataset = new(sound.Campaign);

    [Fact]
    public async Task RunAsync_CleanDataset_ReportsNone()
    {
        var report = await dataset.WithBenchmark().RunAsync();
        Assert.Equal(0, report.FindingsInAll);
        Assert.Equal(0, report.Contaminated);
        Assert.True(report.Trajectories > 20);
        Assert.Equal(["benchmark/db.json", "benchmark/policy.md", "benchmark/tasks.jsonl", "benchmark/tools.json"], report.Against.Select(file => file.Name));
        Assert.Equal((1, 1, 1, 1), (report.Against[3].Tools, report.Against[1].Policies, report.Against[2].Intents, report.Against[0].Rows));
    }

    [Fact]
    public async Task RunAsync_PlantedTaskToolAndRow_AreFoundWhereTheyStand()
    {
        dataset.WithBenchmark();
        dataset.PlantText(3, Instruction);
        dataset.PlantRow(5, Row);
        dataset.PlantTool(7, "env-kettles", Tool);
        var report = await dataset.RunAsync();
        Assert.Equal(3, report.Contaminated);
        Assert.Equal(["env-kettles"], report.ContaminatedEnvironments);
        Assert.Equal(
            [
                (ContaminationKind.ToolSchema, MatchMethod.Exact, null, "$.tools[", "benchmark/tools.json: $[0].function: swap_delivered_kettle"),
                (ContaminationKind.Intent, MatchMethod.NGram, dataset.Episode(3), "$.messages[1]", "benchmark/tasks.jsonl: line 1.instruction"),
                (ContaminationKind.Row, MatchMethod.Exact, dataset.Episode(5), "$.messages[", "benchmark/db.json: $.orders['#K5512077']"),
            ],
            report.Findings.OrderBy(finding => finding.Kind).Select(finding => (finding.Kind, finding.Method, finding.Episode, finding.Place[..Math.Min(finding.Place.Length, finding.Kind == ContaminationKind.Intent ? 99 : finding.Place.IndexOf('[') + 1)], finding.Against)));
        Assert.All(report.Findings, finding => Assert.Equal(ContaminationStrength.Strong, finding.Strength));
        Assert.Equal(new ContaminationCounts(1, 0, 1, 1), report.Kinds["intent"]);
        Assert.StartsWith("you are mina okafor in zip 40961", report.Findings.Single(finding => finding.Kind == ContaminationKind.Intent).Excerpt, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(Path.Combine(dataset.Root, "decontamination", "findings.jsonl"));
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public async Task RunAsync_PassageOfAPolicy_IsFound()
    {
        dataset.WithBenchmark();
        dataset.PlantText(2, "They told me a kettle that was delivered can be swapped once, for another colour of the same thing.");
        var finding = Assert.Single((await dataset.RunAsync()).Findings);
        Assert.Equal((ContaminationKind.Policy, "a kettle that was delivered can be swapped once for another colour of"), (finding.Kind, finding.Excerpt));
        Assert.Empty((await dataset.RunAsync(settings: new DecontaminationSettings { Words = 17 })).Findings);
    }

    [Fact]
    public async Task RunAsync_RowWithAnotherField_IsFoundByItsValues()
    {
        dataset.WithBenchmark();
        dataset.PlantRow(4, """{"ref":"#K5512077","who":"mina_okafor_7731","street":"18 Foundry Lane","town":"Port Amber","note":"Leave at door 9"}""");
        var finding = Assert.Single((await dataset.RunAsync()).Findings);
        Assert.Equal((ContaminationKind.Row, MatchMethod.MinHash, 0.8), (finding.Kind, finding.Method, finding.Similarity));
        Assert.Empty((await dataset.RunAsync(settings: new DecontaminationSettings { Similarity = 0.9 })).Findings);
    }

    [Theory]
    [InlineData("\nSystem says:\nI want to return the teal kettle today.\nThanks.", true)]
    [InlineData("Oh, I want to return the teal kettle today, please.", false)]
    public async Task RunAsync_ShortText_CountsAsAWholeLineOnly(string said, bool found)
    {
        dataset.Write("tasks.jsonl", JsonSerializer.Serialize(new { instruction = "I want to return the teal kettle today" }) + "\n");
        dataset.PlantText(2, said);
        Assert.Equal(found ? [MatchMethod.Exact] : [], (await dataset.RunAsync()).Findings.Select(finding => finding.Method));
    }

    [Fact]
    public async Task RunAsync_TextWithScatteredChanges_IsFoundByItsShingles()
    {
        dataset.WithBenchmark();
        dataset.PlantText(1, "");
        var words = string.Join(' ', Enumerable.Range(0, 120).Select(i => $"word{i * 7919 % 1000}"));
        dataset.Write("tasks.jsonl", JsonSerializer.Serialize(new { instruction = words }) + "\n");
        using var other = new PlantedDataset(sound.Campaign);
        other.PlantRow(1, JsonSerializer.Serialize(new { note = string.Join(' ', words.Split(' ').Select((word, i) => i % 12 == 11 ? "other" : word)) }));
        var finding = Assert.Single((await other.RunAsync(against: dataset.Benchmark, settings: new DecontaminationSettings { Similarity = 0.5 })).Findings);
        Assert.Equal((ContaminationKind.Intent, MatchMethod.MinHash), (finding.Kind, finding.Method));
        Assert.InRange(finding.Similarity, 0.5, 0.7);
    }

    [Fact]
    public async Task RunAsync_ToolOfTheSameNameOnly_IsWeak()
    {
        dataset.WithBenchmark();
        dataset.PlantTool(6, "env-other", """{"name":"swapDeliveredKettle","description":"Something else","parameters":{"type":"object","properties":{"pot":{"type":"string"}}}}""");
        var report = await dataset.RunAsync();
        var finding = Assert.Single(report.Findings);
        Assert.Equal((ContaminationKind.ToolName, ContaminationStrength.Weak, "env-other"), (finding.Kind, finding.Strength, finding.Environment));
        Assert.Equal(0, report.Contaminated);
    }

    [Theory]
    [InlineData("Get a user by id.", ContaminationStrength.Weak)]
    [InlineData("Gets the profile, addresses and orders of one user of the kettle shop.", ContaminationStrength.Strong)]
    public async Task RunAsync_CommonToolOfOneParameter_IsStrongOnlyWithItsDescription(string description, ContaminationStrength strength)
    {
        dataset.Write("tools.json", """[{"name":"get_user","description":"Gets the profile, addresses and orders of one user of the kettle shop.","input_schema":{"type":"object","properties":{"user_id":{}}}}]""");
        dataset.PlantTool(6, "env-other", $$$$$"""{"name":"get_user","description":"{{{{{description}}}}}","parameters":{"type":"object","properties":{"user_id":{"type":"string"}}}}""");
        Assert.Equal(strength, Assert.Single((await dataset.RunAsync()).Findings).Strength);
    }

    [Fact]
    public async Task RunAsync_RenamedToolWithTheSameWords_IsFound()
    {
        dataset.WithBenchmark();
        dataset.PlantTool(6, "env-other", Tool.Replace("swap_delivered_kettle", "swap_delivered_kettles", StringComparison.Ordinal));
        var finding = Assert.Single((await dataset.RunAsync()).Findings);
        Assert.Equal((ContaminationKind.ToolSchema, ContaminationStrength.Strong, MatchMethod.MinHash), (finding.Kind, finding.Strength, finding.Method));
    }

    [Fact]
    public async Task RunAsync_Twice_WritesTheSameBytes()
    {
        dataset.WithBenchmark();
        dataset.PlantText(3, Instruction);
        await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("a"));
        await dataset.RunAsync(DecontaminationMode.Exclude, dataset.Beside("b"));
        foreach (var file in Directory.EnumerateFiles(dataset.Beside("a"), "*", SearchOption.AllDirectories))
        {
            Assert.Equal(await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(file.Replace(dataset.Beside("a"), dataset.Beside("b"), StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task RunAsync_OtherLayouts_AreRead()
    {
        dataset.Write("tasks.py", $"from t import *\nTASKS = [\n    Task(  # it's one\n        annotator=\"0\",\n        instruction=\"{Instruction[..60]}\"\n            '{Instruction[60..].Replace("'", "\\'", StringComparison.Ordinal)}',\n        actions=[Action(name=\"x\", kwargs={{\"order_id\": \"#K5512077\", \"owner\": \"mina_okafor_7731\", \"street\": \"18 Foundry Lane\"}})],\n    )\n]\n");
        dataset.Write("tool.py", "class Swap:\n    def get_info():\n        return " + "{'type': 'function', 'function': " + Tool + "}\n");
        dataset.Write("text.json", JsonSerializer.Serialize(new { turns = "user: I would rather keep the old rusty kettle then\nsystem: Fine.", nested = "{'owner': {'mail': 'mina.okafor@kettle.test', 'code': 'ZX-90812', 'street': '4 Amber Road'}}" }));
        dataset.Write("broken.json", "{\"a\":");
        dataset.Write("data.bin", "x");
        await using (var packed = new GZipStream(File.Create(Path.Combine(dataset.Benchmark, "wiki.md.gz")), CompressionMode.Compress))
        {
            await packed.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Policy));
        }

        dataset.PlantText(0, Instruction);
        dataset.PlantText(1, "\nI would rather keep the old rusty kettle then");
        dataset.PlantRow(2, """{"code":"ZX-90812","mail":"mina.okafor@kettle.test","street":"4 Amber Road"}""");
        dataset.PlantTool(3, "env-kettles", Tool);
        dataset.PlantText(4, Policy);
        var report = await dataset.RunAsync();
        Assert.Equal(
            ["intent tasks.py", "intent text.json", "policy wiki.md.gz", "row text.json", "tool-schema tool.py"],
            report.Findings.Select(finding => $"{EnumWord.Of(finding.Kind)} {finding.Against.Split(':')[0][10..]}").Order(StringComparer.Ordinal));
        var problems = report.Against.Where(file => file.Problem is not null).ToDictionary(file => file.Name[10..], file => file.Problem!);
        Assert.StartsWith("can't be read", problems["broken.json"], StringComparison.Ordinal);
        Assert.StartsWith("not read: expected JSON", problems["data.bin"], StringComparison.Ordinal);
        Assert.Equal(["benchmark/broken.json"], report.Against.Where(file => file.IsBroken).Select(file => file.Name));
        Assert.False(report.IsComplete);
    }

    [Fact]
    public async Task RunAsync_FilesThatHoldNothing_AreNotSaidToBeCompared()
    {
        dataset.WithBenchmark().Write("LICENSE", "MIT").Write("short.json", """["yes"]""");
        Assert.True((await dataset.RunAsync(DecontaminationMode.Mark)).IsComplete);
        dataset.Write("broken.jsonl", "{\n");
        Assert.False((await dataset.RunAsync(DecontaminationMode.Mark)).IsComplete);
        var card = await File.ReadAllTextAsync(Path.Combine(dataset.Root, "dataset", "README.md"));
        Assert.Contains("compared with 4 files (benchmark/db.json, benchmark/policy.md, benchmark/tasks.jsonl, benchmark/tools.json): 0 contaminated, marked in `contamination.jsonl`. 2 more could not be read", card, StringComparison.Ordinal);
        Assert.DoesNotContain("was not looked at", card, StringComparison.Ordinal);
        var manifest = await DatasetManifestFile.ReadAsync(dataset.Root, CancellationToken.None);
        Assert.Equal((4, 2), (manifest.Decontamination!.Against.Count, manifest.Decontamination.NotRead));
    }

    [Fact]
    public async Task RunAsync_RowThatIsNoRecord_MakesItIncomplete()
    {
        dataset.WithBenchmark();
        dataset.Rows[4].Remove("tools");
        var report = await dataset.RunAsync();
        Assert.Equal(new DatasetProblem("dataset/canonical.jsonl", 5, "$.tools", "expected array"), Assert.Single(report.Problems));
        Assert.Equal((false, 1), (report.IsComplete, report.ProblemsInAll));
    }

    [Fact]
    public async Task RunAsync_HalfASurrogatePairInABenchmark_IsReadOn()
    {
        dataset.Write("odd.json", """{"\ud83d":{"n\ud83d":"\ud83d","name":"x\ud83d","description":"half \ud83d","parameters":{"type":"object","properties":{"\ud83d":{}}}},"instruction":"\ud83d INSTRUCTION"}""".Replace("INSTRUCTION", Instruction, StringComparison.Ordinal));
        dataset.PlantText(3, Instruction);
        var report = await dataset.RunAsync();
        Assert.Equal(dataset.Episode(3), Assert.Single(report.Findings).Episode);
        Assert.Equal((1, 1, null), (report.Against[0].Tools, report.Against[0].Intents, report.Against[0].Problem));
    }

    [Theory]
    [InlineData("""{"name":"swap_delivered_kettle","description":"Swaps.","parameters":{"order_id":{"type":"str","description":"The order."},"colour":{"type":"str, optional","default":"red"}}}""")]
    [InlineData("""{"api_name":"swap_delivered_kettle","api_description":"Swaps.","required_parameters":[{"name":"order_id","type":"STRING"}],"optional_parameters":[{"name":"colour","type":"STRING"}]}""")]
    [InlineData("""{"name":"swap_delivered_kettle","description":"Swaps.","parameters":[{"name":"order_id","type":"string"},{"name":"colour","type":"string"}]}""")]
    public async Task RunAsync_ToolsOfOtherDialects_AreRead(string tool)
    {
        dataset.Write("tools.json", $"[{tool}]");
        dataset.PlantTool(6, "env-kettles", Tool);
        var report = await dataset.RunAsync();
        Assert.Equal(1, report.Against[0].Tools);
        Assert.Equal((ContaminationKind.ToolSchema, ContaminationStrength.Strong), (Assert.Single(report.Findings).Kind, report.Findings[0].Strength));
    }

    [Fact]
    public async Task RunAsync_CallWithArguments_IsNoTool()
    {
        dataset.Write("tasks.json", """[{"name":"pay","arguments":{"card":{"type":"visa","number":"4417 1234"}}},{"name":"swap","arguments":{"order_id":"#K5512077","owner":"mina_okafor_7731","street":"18 Foundry Lane"}}]""");
        var file = (await dataset.RunAsync()).Against[0];
        Assert.Equal((0, 1), (file.Tools, file.Rows));
    }

    [Fact]
    public async Task RunAsync_WrongUse_SaysWhatIsExpected()
    {
        Assert.Contains("--out", (await Assert.ThrowsAsync<DatasetException>(() => dataset.WithBenchmark().RunAsync(DecontaminationMode.Exclude))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatasetException>(() => dataset.RunAsync(DecontaminationMode.Exclude, dataset.Root + "/"));
        await Assert.ThrowsAsync<SourceException>(() => dataset.RunAsync(against: dataset.Beside("none")));
        Directory.CreateDirectory(dataset.Beside("empty"));
        Assert.Contains("nothing to compare with", (await Assert.ThrowsAsync<DatasetException>(() => dataset.RunAsync(against: dataset.Beside("empty")))).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RunAsync_RealBenchmarks_FindPlantedCopiesAndNothingElse()
    {
        var shared = SharedData.Find("benchmarks");
        Skip.If(shared is null, "no shared/benchmarks beside the checkout");
        Assert.Equal(0, (await dataset.RunAsync(against: shared)).FindingsInAll);
        var task = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(shared, "tau_bench", "retail", "tasks_test.json")))[0];
        var tools = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(shared, "tau_bench", "retail", "tools.json")));
        await using var packed = new GZipStream(File.OpenRead(Path.Combine(shared, "tau_bench", "retail", "db.json.gz")), CompressionMode.Decompress);
        using var database = await JsonDocument.ParseAsync(packed);
        dataset.PlantText(0, task.GetProperty("instruction").GetString()!);
        dataset.PlantRow(1, database.RootElement.GetProperty("users").EnumerateObject().First().Value.GetRawText());
        dataset.PlantTool(2, "env-tau", tools[1].GetProperty("function").GetRawText());
        var report = await dataset.RunAsync(against: shared);
        Assert.Equal(3, report.Contaminated);
        Assert.Equal(1, report.Kinds["intent"].Trajectories);
        Assert.Equal(1, report.Kinds["row"].Trajectories);
        Assert.Equal(1, report.Kinds["tool-schema"].Trajectories);
    }

    public void Dispose() => dataset.Dispose();
}
