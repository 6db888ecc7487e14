using System.Text.Json;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Decontamination;
using AgentScaler.Datasets.Writers;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks.Coverage;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Datasets;

public sealed class DatasetCardTests(DatasetValidatorTests.Sound sound) : IClassFixture<DatasetValidatorTests.Sound>
{
    private static readonly DatasetOrigin Origin = new("test", "identity", 7, new EpisodeSettings(), new FunnelSettings());

    [Fact]
    public void Write_CoverageAndDifficulty_AreTables()
    {
        var card = Write(Manifest() with
        {
            Coverage = new CoverageReport { Tools = 12, ToolsCovered = 11, Edges = 30, EdgesCovered = 21, ByLength = new() { [3] = 4, [5] = 2 }, ByKind = new(StringComparer.Ordinal) { ["reads"] = 2, ["writes"] = 4 } },
            Difficulty = new(StringComparer.Ordinal) { ["hard"] = 3, ["easy"] = 9, ["medium"] = 5 },
        });
        Assert.Contains("11 of the environments' 12 tools are called by some task, 21 of 30 dependency edges carry a value.", card, StringComparison.Ordinal);
        Assert.Contains("| gold calls | 3: 4, 5: 2 |\n| kind (a task can be of several) | reads 2, writes 4 |", card, StringComparison.Ordinal);
        Assert.Contains("| easy | 9 |\n| medium | 5 |\n| hard | 3 |\n", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NothingKnown_SaysNothingOfIt()
    {
        var card = Write(Manifest());
        Assert.DoesNotContain("## Coverage", card, StringComparison.Ordinal);
        Assert.DoesNotContain("## Difficulty", card, StringComparison.Ordinal);
        Assert.Contains("## Decontamination\n\nNot compared with any benchmark yet", card, StringComparison.Ordinal);
        Assert.Contains("Whether it shares anything with a benchmark was not looked at", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FilesOfFormats_AreConfigurationsOfTheHead()
    {
        string[] paths = ["rejected.jsonl", "dataset/trl/train.jsonl", "dataset/trl/preferences.jsonl", "dataset/verl/train.parquet", "dataset/canonical.jsonl", "dataset/funnel.json", "dataset/trl/manifest.json", "dataset/tasks.jsonl"];
        var card = Write(Manifest() with { Files = [.. paths.Select(path => new DatasetFile(path, "", "", 0, null))] });
        Assert.Contains(
            """
            configs:
            - config_name: canonical
              default: true
              data_files:
              - split: train
                path: canonical.jsonl
            - config_name: tasks
              data_files:
              - split: train
                path: tasks.jsonl
            - config_name: trl
              data_files:
              - split: train
                path: trl/train.jsonl
            - config_name: trl-preferences
              data_files:
              - split: train
                path: trl/preferences.jsonl
            - config_name: verl
              data_files:
              - split: train
                path: verl/train.parquet
            ---
            """,
            card,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DecontaminatedManifest_ChangesCountsAndSectionAndNothingElse()
    {
        var before = Manifest();
        var after = before with
        {
            Counts = before.Counts with { Kept = 2000, EnvironmentsWithKept = 3 },
            Decontamination = new DatasetDecontamination(DecontaminationMode.Exclude, new DecontaminationSettings(), ["a.json"], 2050, 50, new(StringComparer.Ordinal) { ["intent"] = new(50, 0, 1, 50) }),
        };
        var card = Write(before);
        var revised = DatasetCardRevision.Of(card, before, after);
        Assert.Contains("- 1K<n<10K\n", revised, StringComparison.Ordinal);
        Assert.Contains("\n2000 tool-use trajectories from 3 executable environments", revised, StringComparison.Ordinal);
        Assert.Contains("2050 trajectories were compared with 1 files (a.json): 50 contaminated, left out.", revised, StringComparison.Ordinal);
        Assert.Contains("| intent | 50 | 0 | 1 | 50 |\n\n## Limits\n", revised, StringComparison.Ordinal);
        Assert.Contains("was not looked at", card, StringComparison.Ordinal);
        Assert.DoesNotContain("was not looked at", revised, StringComparison.Ordinal);
        Assert.DoesNotContain("was not looked at", Write(after), StringComparison.Ordinal);
        Assert.Contains("share 13 words in a row, or, where they have fewer but at least 8, are a whole message or line;", revised, StringComparison.Ordinal);
        Assert.Equal(card, DatasetCardRevision.Of(revised, after, before));
    }

    [Fact]
    public void RunAsync_Manifest_NamesTheStepsAndTheirVersions()
    {
        var manifest = JsonSerializer.Deserialize<DatasetManifest>(sound.Campaign.ReadFile("dataset/manifest.json"), AgentScaler.Json.ArtifactJson.Options)!;
        Assert.Equal(StepNames.All.Select(step => (step.Name, step.Version)).Order(), manifest.Steps.Select(step => (step.Key, step.Value)));
        Assert.Equal(
            typeof(StepNames).GetFields().Select(field => ((StepName)field.GetValue(null)!).Name).Order(StringComparer.Ordinal),
            StepNames.All.Select(step => step.Name).Order(StringComparer.Ordinal));
        Assert.Contains($"datasets.assemble {StepNames.AssembleDataset.Version},", sound.Campaign.ReadFile("dataset/README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefreshAsync_FormatsWrittenLater_AreInTheHeadAndTheDatasetStaysValid()
    {
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(sound.Campaign.Directory, "*", SearchOption.AllDirectories))
        {
            var path = copy.File(Path.GetRelativePath(sound.Campaign.Directory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(file, path);
        }

        Assert.Empty((await DatasetCardFile.RefreshAsync(copy.Path, CancellationToken.None)).Formats);
        Assert.Equal(sound.Campaign.ReadFile("dataset/manifest.json"), await File.ReadAllTextAsync(copy.File("dataset/manifest.json")));
        var manifest = await DatasetManifestFile.ReadAsync(copy.Path, CancellationToken.None);
        await new DatasetExporter(new FolderExportPlace(copy.Path, copy.File("dataset")), manifest, null).WriteAsync(DatasetFormat.Of(ExportFormat.OpenAi), CancellationToken.None);
        Assert.Equal(["openai"], (await DatasetCardFile.RefreshAsync(copy.Path, CancellationToken.None)).Formats);
        Assert.Contains("- config_name: openai\n  data_files:\n  - split: train\n    path: openai/train.jsonl\n", await File.ReadAllTextAsync(copy.File("dataset/README.md")), StringComparison.Ordinal);
        Assert.Empty(await DatasetValidator.ValidateAsync(copy.Path, CancellationToken.None));

        manifest = await DatasetManifestFile.ReadAsync(copy.Path, CancellationToken.None);
        var changed = manifest.Files.Select(file => file.Path == "dataset/canonical.jsonl" ? file with { Bytes = file.Bytes + 1 } : file);
        await DatasetManifestFile.WriteAsync(copy.Path, manifest with { Files = [.. changed] }, CancellationToken.None);
        var refreshed = await DatasetCardFile.RefreshAsync(copy.Path, CancellationToken.None);
        Assert.Empty(refreshed.Formats);
        Assert.Equal(["openai"], refreshed.Stale);
        Assert.DoesNotContain("openai/train.jsonl", await File.ReadAllTextAsync(copy.File("dataset/README.md")), StringComparison.Ordinal);

        await File.WriteAllTextAsync(copy.File("dataset/README.md"), "# Mine\n");
        var error = await Assert.ThrowsAsync<DatasetException>(() => DatasetCardFile.RefreshAsync(copy.Path, CancellationToken.None));
        Assert.StartsWith($"{copy.File("dataset/README.md")}: expected a head", error.Message, StringComparison.Ordinal);
        Assert.Equal("# Mine\n", await File.ReadAllTextAsync(copy.File("dataset/README.md")));
        var root = await Assert.ThrowsAsync<DatasetException>(() => DatasetCardFile.RefreshAsync(copy.File("dataset/openai"), CancellationToken.None));
        Assert.Contains("holds no dataset", root.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TasksLeftOut_AreCountedAndNamedOnlyWhereThereAreAny()
    {
        Assert.DoesNotContain("tasks have no line there", Write(Manifest()), StringComparison.Ordinal);
        var manifest = Manifest();
        Assert.Contains("\n4 of 30 tasks have no line there: those of", Write(manifest with { Counts = manifest.Counts with { TasksLeftOut = 4 } }), StringComparison.Ordinal);
    }

    private static string Write(DatasetManifest manifest) =>
        DatasetCard.Write(manifest, new FunnelReport(manifest.Funnel, ConfusionTable.Sum([]), []), Origin, []);

    private static DatasetManifest Manifest() => new()
    {
        About = "Made for a test.",
        Generator = "scripted",
        Models = new SortedDictionary<string, string>(StringComparer.Ordinal),
        Name = "test",
        Identity = "identity",
        Seed = 7,
        SchemaVersion = TrajectoryMetadata.Shape,
        Software = "test",
        Licences = ["MIT"],
        Counts = new DatasetCounts(12, 2, 2, 2, 30, 120, 70, 50),
        Funnel = FunnelCounts.Sum([]),
        Files = [],
    };
}
