using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Datasets;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;
using AgentScaler.Datasets.Writers;
using AgentScaler.Determinism;
using AgentScaler.Training;

namespace AgentScaler.Core.Tests.Training;

public sealed class PhaseBuilderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task RunAsync_ManyDomains_SplitsByEnvironmentAndKeepsHeldOutOnesOut()
    {
        Write(20, 30);
        var plan = await RunAsync(new PhaseSettings { Targets = ["Domain-3", "domain-7"], ValidationShare = 0.2, HeldOutShare = 0.1 });
        Assert.Equal((14, 4, 2), (plan.Environments["train"].Count, plan.Environments["validation"].Count, plan.Environments["held-out"].Count));
        Assert.Equal(20, plan.Environments.Values.SelectMany(part => part).Distinct(StringComparer.Ordinal).Count());
        var files = new Dictionary<string, string> { ["phase1/train.jsonl"] = "train", ["phase2/train.jsonl"] = "train", ["phase1/validation.jsonl"] = "validation", ["heldout.jsonl"] = "held-out" };
        foreach (var (file, part) in files)
        {
            Assert.Subset(plan.Environments[part].ToHashSet(StringComparer.Ordinal), Rows(file).Select(row => (string)row["metadata"]!["environment"]!).ToHashSet(StringComparer.Ordinal));
        }

        Assert.Equal(14 * 30, plan.Phases[0].Training.Rows);
        Assert.Equal(2 * 30, plan.HeldOut!.Rows);
        Assert.Equal(["domain-3", "domain-7"], plan.Targets.Select(target => target.Name));
        Assert.Equal((null, "phase1"), (plan.Phases[0].Continues, plan.Phases[1].Continues));
        Assert.True(plan.Phases[1].Hyperparameters.LearningRateMultiplier < plan.Phases[0].Hyperparameters.LearningRateMultiplier);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.15, 7)]
    [InlineData(0.5, 40)]
    public async Task RunAsync_Replay_IsTheShareOfPhaseTwoAndOfOtherDomains(double share, int replayed)
    {
        Write(10, 40);
        var plan = await RunAsync(new PhaseSettings { Targets = ["domain-2"], ReplayShare = share });
        Assert.Equal((40 + replayed, replayed), (plan.Phases[1].Training.Rows, plan.Phases[1].Replayed));
        var rows = Rows("phase2/train.jsonl");
        Assert.Equal(40, rows.Count(row => (string?)row["metadata"]!["domain_name"] == "domain-2"));
        Assert.Subset(Rows("phase1/train.jsonl").Select(Id).ToHashSet(StringComparer.Ordinal), rows.Select(Id).ToHashSet(StringComparer.Ordinal));
        Assert.Equal(rows.Count, rows.Select(Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(plan.Phases[1].Domains.Values.Sum(), rows.Count);
    }

    [Fact]
    public async Task RunAsync_TargetsOfManyEnvironments_AreInEveryPart()
    {
        Write(20, 5, environment => environment < 10 ? "big" : $"domain-{environment}");
        var plan = await RunAsync(new PhaseSettings { Targets = ["big"] });
        Assert.Equal("phase2/validation.jsonl", plan.Phases[1].Validation!.Path);
        Assert.All(Rows("phase2/validation.jsonl"), row => Assert.Equal("big", (string?)row["metadata"]!["domain_name"]));
        Assert.Contains(Rows("heldout.jsonl"), row => (string?)row["metadata"]!["domain_name"] == "big");
        Assert.Equal(["no trajectory says how hard its task is: the order is random"], plan.Notes);
    }

    [Fact]
    public async Task RunAsync_DatasetThatLeavesTasksOut_SaysSo()
    {
        Write(20, 5, environment => environment < 10 ? "big" : $"domain-{environment}");
        var manifest = await DatasetManifestFile.ReadAsync(folder.File("campaign"), CancellationToken.None);
        await DatasetManifestFile.WriteAsync(folder.File("campaign"), manifest with { Counts = manifest.Counts with { TasksLeftOut = 3 } }, CancellationToken.None);
        var plan = await RunAsync(new PhaseSettings { Targets = ["big"] });
        Assert.Contains(plan.Notes, note => note.Contains($"no line for 3 of {manifest.Counts.Tasks} tasks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_TargetOfOneEnvironment_TrainsOnItAndSaysWhatIsMissing()
    {
        Write(10, 5);
        for (var i = 0; i < 10; i++)
        {
            var plan = await RunAsync(new PhaseSettings { Targets = [$"domain-{i}"] });
            Assert.Equal("phase1/validation.jsonl", plan.Phases[1].Validation!.Path);
            Assert.Equal(5, plan.Phases[1].Domains[$"domain-{i}"]);
            Assert.Equal(3, plan.Notes.Count);
        }
    }

    [Fact]
    public async Task RunAsync_Difficulty_OrdersFromEasyToHard()
    {
        Write(6, 40, bands: ["hard", "easy", "unsolved", "medium"]);
        var plan = await RunAsync(new PhaseSettings { Targets = ["domain-1"] });
        foreach (var phase in plan.Phases)
        {
            var bands = Rows(phase.Training.Path).Select(row => Array.IndexOf(["easy", "medium", "hard", "unsolved"], (string)row["metadata"]!["difficulty"]!["band"]!)).ToList();
            Assert.Equal(bands.Order(), bands);
            Assert.Equal([0, 1, 2, 3], bands.Distinct());
            Assert.False(phase.Hyperparameters.Shuffle);
            Assert.Equal(phase.Training.Rows, phase.Difficulty.Values.Sum());
        }

        var shuffled = await RunAsync(new PhaseSettings { Targets = ["domain-1"], Order = PhaseOrder.Shuffled });
        Assert.True(shuffled.Phases[0].Hyperparameters.Shuffle);
        Assert.NotEqual(plan.Phases[0].Training.Sha256, shuffled.Phases[0].Training.Sha256);
        Assert.Equal(plan.Phases[0].Training.Rows, shuffled.Phases[0].Training.Rows);
    }

    [Fact]
    public async Task RunAsync_CapsAndBalance_BoundDomains()
    {
        Write(8, 0, sizes: [4, 9, 100, 16, 25, 36, 64, 49]);
        var capped = await RunAsync(new PhaseSettings { Targets = ["domain-2"], MaximumPerDomain = 20, ValidationShare = 0, HeldOutShare = 0 });
        Assert.Equal([4, 9, 20, 16, 20, 20, 20, 20], capped.Phases[0].Domains.Values);
        Assert.Null(capped.HeldOut);
        Assert.Null(capped.Phases[0].Validation);
        Assert.False(File.Exists(Path.Combine(folder.File("phases"), "heldout.jsonl")));
        var balanced = await RunAsync(new PhaseSettings { Targets = ["domain-2"], Balance = 0.5, ValidationShare = 0, HeldOutShare = 0 });
        Assert.Equal([4, 6, 20, 8, 10, 12, 16, 14], balanced.Phases[0].Domains.Values);
    }

    [Fact]
    public async Task RunAsync_TwiceOrInAnotherOrderOfTargets_GivesTheSameBytesAndOtherSeedsOthers()
    {
        Write(12, 8);
        var settings = new PhaseSettings { Targets = ["domain-3", "domain-5"] };
        var first = await RunAsync(settings);
        var second = await RunAsync(settings with { Targets = ["domain-5", "domain-3"] });
        Assert.Equal(first.Phases.Select(phase => phase.Training), second.Phases.Select(phase => phase.Training));
        var other = await RunAsync(settings with { Seed = 99 });
        Assert.NotEqual(first.Phases[0].Training, other.Phases[0].Training);
        foreach (var file in new[] { other.Phases[0].Training, other.Phases[1].Training, other.HeldOut! })
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder.File("phases"), file.Path));
            Assert.Equal((file.Sha256, file.Bytes), (Sha256Text.Of(bytes), bytes.Length));
        }

        var plan = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder.File("phases"), "finetune.plan.json")));
        Assert.Equal("99/phases", plan.GetProperty("seed").GetString());
        Assert.Equal(["phase1", "phase2"], plan.GetProperty("phases").EnumerateArray().Select(phase => phase.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task RunAsync_MarkedTrajectories_AreLeftOut()
    {
        Write(5, 10);
        var marked = Source().Where((_, i) => i % 5 == 0).Select(Id).ToHashSet(StringComparer.Ordinal);
        Mark(Source().Select(row => Mark(Id(row), marked.Contains(Id(row)))));
        var plan = await RunAsync(new PhaseSettings { Targets = ["domain-1"] });
        Assert.Equal(10, plan.Contaminated);
        foreach (var file in new[] { "phase1/train.jsonl", "phase2/train.jsonl", "phase1/validation.jsonl", "heldout.jsonl" })
        {
            Assert.DoesNotContain(Rows(file), row => marked.Contains(Id(row)));
        }
    }

    [Theory]
    [InlineData(3, null, "dataset/contamination.jsonl:4: $.episode: expected 'episode-00003', the trajectory of dataset/canonical.jsonl:4, found 'episode-00004'")]
    [InlineData(49, null, "dataset/contamination.jsonl: expected a mark for each trajectory, found none for 'episode-00049' of dataset/canonical.jsonl:50")]
    [InlineData(3, "{\"episode\":\"episode-00003\",\"contaminated\":\"true\",\"environment\":\"env-0\",\"kinds\":[]}", "dataset/contamination.jsonl:4: $.contaminated: expected {contaminated, environment, episode, kinds}")]
    [InlineData(3, "{\"episode\":\"episode-00003\",\"environment\":\"env-0\",\"kinds\":[]}", "dataset/contamination.jsonl:4: $: expected {contaminated, environment, episode, kinds}")]
    [InlineData(3, "", "dataset/contamination.jsonl:4: $: expected {contaminated, environment, episode, kinds}")]
    public async Task RunAsync_BrokenOrMissingMark_IsNamedAndNothingIsWritten(int line, string? mark, string message)
    {
        Write(5, 10);
        List<string> marks = [.. Source().Select(row => Mark(Id(row), false))];
        marks.RemoveAt(line);
        if (mark is not null)
        {
            marks.Insert(line, mark);
        }

        Mark(marks);
        Assert.StartsWith(message, (await Assert.ThrowsAsync<DatasetException>(() => RunAsync(new PhaseSettings { Targets = ["domain-1"] }))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("phases")));
    }

    [Fact]
    public async Task RunAsync_MarksOfAnotherDataset_AreRefused()
    {
        Write(5, 10);
        var marks = Source().Select(row => Mark(Id(row), true)).ToList();
        Mark(marks.Append(marks[^1]));
        Assert.Contains("contamination.jsonl:51: expected as many marks as trajectories, 50", await FailAsync(), StringComparison.Ordinal);
        Mark(marks);
        var file = folder.File("campaign/dataset/contamination.jsonl");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("true", "false", StringComparison.Ordinal));
        Assert.StartsWith("dataset/contamination.jsonl: expected SHA-256 ", await FailAsync(), StringComparison.Ordinal);
        Write(5, 10);
        Assert.StartsWith("dataset/contamination.jsonl: expected it among $.files of dataset/manifest.json", await FailAsync(), StringComparison.Ordinal);
        Mark(marks);
        File.Delete(file);
        Assert.StartsWith("dataset/contamination.jsonl: expected the file that dataset/manifest.json lists", await FailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_RowsThatTheManifestDoesNotList_AreRefused()
    {
        Write(5, 10);
        var file = folder.File("campaign/dataset/canonical.jsonl");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("episode-00007", "episode-90007", StringComparison.Ordinal));
        Assert.StartsWith("dataset/canonical.jsonl: expected SHA-256 ", await FailAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("phases")));
    }

    [Fact]
    public async Task RunAsync_Formats_HoldTheSameTrajectories()
    {
        using var campaign = new LibraryCampaign();
        await campaign.RunAsync(4);
        var plan = await PhaseBuilder.RunAsync(
            campaign.Directory, folder.File("phases"), new PhaseSettings { Targets = ["domain-2"], Formats = [ExportFormat.LlamaFactory, ExportFormat.OpenAi] }, CancellationToken.None);
        foreach (var phase in plan.Phases)
        {
            Assert.Equal(["openai", "llama-factory"], phase.Formats.Select(format => format.Format));
            var openai = phase.Formats[0];
            Assert.Equal($"{phase.Name}/openai/train.jsonl", openai.Training.Path);
            Assert.Equal("phase1/openai/validation.jsonl", openai.Validation!.Path);
            Assert.Equal(phase.Training.Rows, openai.Training.Rows);
            Assert.Equal(["reasoning"], openai.Lost.Keys);
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder.File("phases"), openai.Training.Path));
            Assert.Equal((openai.Training.Sha256, openai.Training.Bytes), (Sha256Text.Of(bytes), bytes.Length));
            Assert.All(Rows(openai.Training.Path), row => Assert.Equal("assistant", (string?)row["messages"]!.AsArray()[^1]!["role"]));
        }

        var before = Files();
        var error = await Assert.ThrowsAsync<DatasetException>(() => PhaseBuilder.RunAsync(
            campaign.Directory, folder.File("phases"), new PhaseSettings { Targets = ["domain-2"], Seed = 99, Formats = [ExportFormat.OpenAi, ExportFormat.Verl] }, CancellationToken.None));
        Assert.Equal("format verl is not made of trajectories: expected one for supervised fine-tuning, openai, trl, llama-factory, ms-swift, axolotl, parquet", error.Message);
        Assert.Equal(before, Files());
        await File.WriteAllTextAsync(folder.File("phases/phase1/train.qwen3.jsonl"), "{}\n");
        await File.WriteAllTextAsync(folder.File("phases/notes.txt"), "mine");
        await PhaseBuilder.RunAsync(campaign.Directory, folder.File("phases"), new PhaseSettings { Targets = ["domain-2"], Seed = 99, HeldOutShare = 0 }, CancellationToken.None);
        Assert.Equal(["finetune.plan.json", "notes.txt", "phase1/train.jsonl", "phase1/validation.jsonl", "phase2/train.jsonl"], Files().Select(file => file.Name));
        Assert.Empty(await PlanValidator.ValidateAsync(folder.File("phases"), CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_UnknownTarget_NamesTheNearest()
    {
        Write(10, 2);
        var error = await Assert.ThrowsAsync<DatasetException>(() => RunAsync(new PhaseSettings { Targets = ["domian-4"] }));
        Assert.Equal("'domian-4' is no domain of this dataset; the nearest is 'domain-4'", error.Message);
        Assert.Contains("--target", (await Assert.ThrowsAsync<DatasetException>(() => RunAsync(new PhaseSettings()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TooFewEnvironments_SaysHowManyAreNeeded()
    {
        Write(2, 2);
        var error = await Assert.ThrowsAsync<DatasetException>(() => RunAsync(new PhaseSettings { Targets = ["domain-1"] }));
        Assert.StartsWith("2 environments can't be split: training, validation and held-out need one each, so at least 3 with trajectories", error.Message, StringComparison.Ordinal);
        Assert.Single((await RunAsync(new PhaseSettings { Targets = ["domain-1"], HeldOutShare = 0 })).Environments["validation"]);
    }

    [Fact]
    public async Task RunAsync_WrongRates_AreRefused()
    {
        Write(4, 2);
        var error = await Assert.ThrowsAsync<DatasetException>(() => RunAsync(new PhaseSettings { Targets = ["domain-1"], VerticalLearningRate = 1 }));
        Assert.Contains("below phase 1's 1, found 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BrokenRow_IsNamed()
    {
        Write(4, 2);
        var file = Path.Combine(folder.File("campaign"), "dataset", "canonical.jsonl");
        await File.AppendAllTextAsync(file, "{\"metadata\":{\"episode\":\"z\"}}\n");
        Assert.Equal(
            "dataset/canonical.jsonl:9: $.metadata.domain: expected text",
            (await Assert.ThrowsAsync<DatasetException>(() => RunAsync(new PhaseSettings { Targets = ["domain-1"] }))).Message);
    }

    [Fact]
    public async Task RunAsync_FileCutOff_IsRefused()
    {
        Write(4, 2);
        await File.AppendAllTextAsync(Path.Combine(folder.File("campaign"), "dataset", "canonical.jsonl"), "{\"metadata\"");
        Assert.EndsWith("the last line is cut off", (await Assert.ThrowsAsync<DatasetException>(() => RunAsync(new PhaseSettings { Targets = ["domain-1"] }))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static string Id(JsonNode row) => (string)row["metadata"]!["episode"]!;

    private Task<FinetunePlan> RunAsync(PhaseSettings settings) => PhaseBuilder.RunAsync(folder.File("campaign"), folder.File("phases"), settings, CancellationToken.None);

    private List<JsonNode> Rows(string name) => [.. File.ReadLines(Path.Combine([folder.File("phases"), .. name.Split('/')])).Select(line => JsonNode.Parse(line)!)];

    private List<JsonNode> Source() => [.. File.ReadLines(Path.Combine(folder.File("campaign"), "dataset", "canonical.jsonl")).Select(line => JsonNode.Parse(line)!)];

    private List<(string Name, string Sha256)> Files() => [.. Directory.EnumerateFiles(folder.File("phases"), "*", SearchOption.AllDirectories)
        .Select(file => (Path.GetRelativePath(folder.File("phases"), file).Replace('\\', '/'), Sha256Text.Of(File.ReadAllBytes(file)))).Order()];

    private async Task<string> FailAsync() => (await Assert.ThrowsAsync<DatasetException>(() => RunAsync(new PhaseSettings { Targets = ["domain-1"] }))).Message;

    private static string Mark(string episode, bool contaminated) => DatasetJson.Line(new ContaminationMark { Episode = episode, Environment = "env-0", Contaminated = contaminated, Kinds = [] });

    /// <summary>Writes marks and lists them in the manifest.</summary>
    private void Mark(IEnumerable<string> lines)
    {
        var text = string.Concat(lines.Select(line => line + "\n"));
        File.WriteAllText(folder.File("campaign/dataset/contamination.jsonl"), text);
        var path = folder.File("campaign/dataset/manifest.json");
        var manifest = JsonSerializer.Deserialize<DatasetManifest>(File.ReadAllText(path), AgentScaler.Json.ArtifactJson.Options)!;
        var files = manifest.Files.Where(file => file.Path != "dataset/contamination.jsonl");
        manifest = manifest with { Files = [.. files, new DatasetFile("dataset/contamination.jsonl", "contamination.jsonl", Sha256Text.Of(text), text.Length, null)] };
        File.WriteAllText(path, AgentScaler.Json.CanonicalJson.Serialize(manifest));
    }

    /// <summary>Writes a dataset of small rows: environments of a domain each, or as named.</summary>
    private void Write(int environments, int rows, Func<int, string>? domain = null, string[]? bands = null, int[]? sizes = null)
    {
        var lines = new List<string>();
        for (var environment = 0; environment < environments; environment++)
        {
            for (var row = 0; row < (sizes?[environment] ?? rows); row++)
            {
                var name = domain?.Invoke(environment) ?? $"domain-{environment}";
                var metadata = new JsonObject { ["domain"] = "id-" + name, ["domain_name"] = name, ["environment"] = $"env-{environment}", ["episode"] = string.Create(CultureInfo.InvariantCulture, $"episode-{lines.Count:00000}") };
                if (bands is not null)
                {
                    metadata["difficulty"] = new JsonObject { ["band"] = bands[row % bands.Length], ["passed"] = 1, ["trials"] = 4 };
                }

                lines.Add(new JsonObject { ["messages"] = new JsonArray(), ["metadata"] = metadata, ["tools"] = new JsonArray() }.ToJsonString());
            }
        }

        Directory.CreateDirectory(folder.File("campaign/dataset"));
        var text = string.Concat(lines.Select(line => line + "\n"));
        File.WriteAllText(folder.File("campaign/dataset/canonical.jsonl"), text);
        var manifest = new DatasetManifest
        {
            About = "Made for a test.",
            Generator = "scripted",
            Models = new SortedDictionary<string, string>(StringComparer.Ordinal),
            Name = "test",
            Identity = Sha256Text.Of("identity"),
            Seed = 7,
            SchemaVersion = TrajectoryMetadata.Shape,
            Software = "test",
            Licences = ["MIT"],
            Counts = new DatasetCounts(1, 1, environments, environments, 1, lines.Count, lines.Count, 0),
            Funnel = AgentScaler.Funnel.FunnelCounts.Sum([]),
            Files = [new DatasetFile("dataset/canonical.jsonl", "canonical.jsonl", Sha256Text.Of(text), text.Length, lines.Count)],
        };
        File.WriteAllText(folder.File("campaign/dataset/manifest.json"), AgentScaler.Json.CanonicalJson.Serialize(manifest));
    }
}
