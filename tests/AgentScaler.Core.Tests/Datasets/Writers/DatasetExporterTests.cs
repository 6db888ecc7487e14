using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;
using AgentScaler.Determinism;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Datasets.Writers;

public sealed class DatasetExporterTests(DatasetExporterTests.Exported exported) : IClassFixture<DatasetExporterTests.Exported>
{
    [Fact]
    public async Task WriteAsync_Campaign_IsValidInEveryFormat()
    {
        Assert.Empty(await DatasetValidator.ValidateAsync(exported.Campaign.Directory, CancellationToken.None));
        foreach (var outcome in exported.Outcomes.Where(outcome => outcome.Manifest is not null))
        {
            Assert.All(outcome.Manifest!.Files.Where(file => file.Rows is not null), file => Assert.True(file.Rows > 5));
            Assert.DoesNotContain(outcome.Manifest.Losses, loss => loss.Effect == ExportEffect.Row);
        }
    }

    [Fact]
    public async Task WriteAsync_Campaign_HasARowForEveryTrajectoryOrTask()
    {
        var manifest = await exported.ManifestAsync();
        foreach (var outcome in exported.Outcomes.Where(outcome => outcome.Manifest is not null))
        {
            var expected = outcome.Format is "verl" or "nemo-gym" ? manifest.Counts.Tasks : manifest.Counts.Kept;
            Assert.Equal(expected, outcome.Manifest!.Files.Single(file => file.Path.EndsWith("train.jsonl", StringComparison.Ordinal) || file.Path.EndsWith(".parquet", StringComparison.Ordinal)).Rows);
        }
    }

    [Fact]
    public void WriteAsync_DatasetWithoutPreferences_SaysSo()
    {
        var outcome = exported.Outcomes.Single(outcome => outcome.Format == "openai-dpo");
        Assert.Equal((null, "dataset/preferences.jsonl"), (outcome.Manifest, outcome.Missing));
        Assert.Equal("dataset/preferences.jsonl", exported.Outcomes.Single(outcome => outcome.Format == "trl").Manifest!.LeftOut["preferences.jsonl"]);
    }

    [Fact]
    public async Task WriteAsync_Again_LeavesWhatIsThereAndMakesWhatIsNot()
    {
        using var output = new TemporaryFolder();
        var first = await exported.ExportAsync(output.Path);
        Assert.All(first.Where(outcome => outcome.Manifest is not null), outcome => Assert.False(outcome.UpToDate));
        var path = output.File("trl/train.jsonl");
        var before = await File.ReadAllBytesAsync(path);
        await File.WriteAllTextAsync(path, "half");
        var again = await exported.ExportAsync(output.Path);
        Assert.All(again.Where(outcome => outcome.Manifest is not null), outcome => Assert.Equal(outcome.Format != "trl", outcome.UpToDate));
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
        Assert.Empty(Directory.EnumerateFiles(output.Path, "*.part", SearchOption.AllDirectories));
        Assert.Empty(await DatasetValidator.ValidateAsync(output.Path, CancellationToken.None));
    }

    [Fact]
    public async Task WriteAsync_DatasetOtherThanItsManifestSays_IsRefusedAndLeavesNothing()
    {
        using var copy = new TemporaryFolder();
        Directory.CreateDirectory(copy.File("dataset"));
        var text = exported.Campaign.ReadFile("dataset/canonical.jsonl");
        await File.WriteAllTextAsync(copy.File("dataset/canonical.jsonl"), text[..(text.TrimEnd('\n').LastIndexOf('\n') + 1)]);
        var exporter = new DatasetExporter(new FolderExportPlace(copy.Path, copy.File("out")), await exported.ManifestAsync(), null);
        var error = await Assert.ThrowsAsync<StoreException>(() => exporter.WriteAsync(DatasetFormat.Find("openai")!, CancellationToken.None));
        Assert.Contains("dataset/canonical.jsonl is not the file that the dataset's manifest lists", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(copy.File("out"), "*", SearchOption.AllDirectories));

        await File.WriteAllTextAsync(copy.File("dataset/canonical.jsonl"), text[..(text.IndexOf('\n', StringComparison.Ordinal) + 1)] + "{}\n");
        error = await Assert.ThrowsAsync<StoreException>(() => exporter.WriteAsync(DatasetFormat.Find("openai")!, CancellationToken.None));
        Assert.StartsWith("dataset/canonical.jsonl, line 2, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_DatasetThatHasPreferencesNoMore_TakesTheirFilesAway()
    {
        using var copy = new TemporaryFolder();
        exported.Copy(copy.Path);
        var without = await exported.ManifestAsync();
        var pairs = GoldenFile.Read("preferences.jsonl");
        await File.WriteAllTextAsync(copy.File("dataset/preferences.jsonl"), pairs);
        var with = without with { Files = [.. without.Files, new DatasetFile("dataset/preferences.jsonl", "preferences.jsonl", Sha256Text.Of(pairs), System.Text.Encoding.UTF8.GetByteCount(pairs), 1)] };
        foreach (var manifest in new[] { with, without })
        {
            foreach (var format in new[] { "trl", "openai-dpo" })
            {
                await new DatasetExporter(new FolderExportPlace(copy.Path, copy.File("dataset")), manifest, null).WriteAsync(DatasetFormat.Find(format)!, CancellationToken.None);
            }

            Assert.Equal(manifest == with, File.Exists(copy.File("dataset/trl/preferences.jsonl")));
            Assert.Equal(manifest == with, File.Exists(copy.File("dataset/openai-dpo/train.jsonl")));
        }

        Assert.Empty(await DatasetValidator.ValidateAsync(copy.Path, CancellationToken.None));
    }

    [Fact]
    public async Task WriteAsync_ManifestListsAFileThatIsWrittenNoMore_TakesItAway()
    {
        using var output = new TemporaryFolder();
        await exported.ExportAsync(output.Path);
        await File.WriteAllTextAsync(output.File("openai/old.jsonl"), "{}");
        await File.WriteAllTextAsync(output.File("mine.txt"), "mine");
        var manifest = await File.ReadAllTextAsync(output.File("openai/manifest.json"));
        foreach (var listed in new[] { "dataset/openai/old.jsonl", "dataset/openai/../mine.txt" })
        {
            await File.WriteAllTextAsync(output.File("openai/manifest.json"), manifest.Replace("dataset/openai/train.jsonl", listed, StringComparison.Ordinal));
            await exported.ExportAsync(output.Path);
        }

        Assert.Empty(await DatasetValidator.ValidateAsync(output.Path, CancellationToken.None));
        Assert.True(File.Exists(output.File("mine.txt")));
    }

    [Fact]
    public async Task WriteAsync_AgainFromADamagedDataset_LeavesNoOldManifestBesideNewRows()
    {
        using var copy = new TemporaryFolder();
        exported.Copy(copy.Path);
        await File.AppendAllTextAsync(copy.File("dataset/canonical.jsonl"), "{}\n");
        await File.WriteAllTextAsync(copy.File("dataset/trl/train.jsonl"), "half");
        var exporter = new DatasetExporter(new FolderExportPlace(copy.Path, copy.File("dataset")), await exported.ManifestAsync(), null);
        await Assert.ThrowsAsync<StoreException>(() => exporter.WriteAsync(DatasetFormat.Find("trl")!, CancellationToken.None));
        Assert.False(File.Exists(copy.File("dataset/trl/manifest.json")));
    }

    [Fact]
    public async Task RunAsync_AssemblyThatWasCutShort_MakesTheRestWithTheSameBytes()
    {
        using var campaign = new LibraryCampaign();
        await campaign.RunAsync(2, formats: [ExportFormat.OpenAi, ExportFormat.Verl]);
        var before = await FilesAsync();
        foreach (var file in new[] { "manifest.json", "openai.manifest.json", "verl.train.parquet", "verl.manifest.json" })
        {
            await campaign.Artifacts.DeleteAsync(LibraryCampaign.Prefix + file, CancellationToken.None);
        }

        await campaign.RunAsync(2, formats: [ExportFormat.OpenAi, ExportFormat.Verl]);
        Assert.Equal(before, await FilesAsync());

        async Task<SortedDictionary<string, string>> FilesAsync()
        {
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            await foreach (var name in campaign.Artifacts.ListAsync(LibraryCampaign.Prefix, CancellationToken.None))
            {
                await using var stream = (await campaign.Artifacts.OpenReadAsync(name, CancellationToken.None))!;
                files[name] = await Sha256Text.OfAsync(stream, CancellationToken.None);
            }

            return files;
        }
    }

    [Fact]
    public async Task RunAsync_CampaignThatWantsFormats_HasThemInItsResultsAsTheCommandWritesThem()
    {
        using var campaign = new LibraryCampaign(pairsPerTask: 0);
        var manifest = await campaign.RunAsync(2, formats: [ExportFormat.OpenAi, ExportFormat.Verl, ExportFormat.OpenAi, ExportFormat.OpenAiDpo]);
        Assert.Equal(
            ["dataset/openai/manifest.json", "dataset/openai/train.jsonl", "dataset/verl/manifest.json", "dataset/verl/train.parquet"],
            manifest.Files.Select(file => file.Path).Where(path => path.Count(c => c == '/') == 2));
        Assert.Empty(await DatasetValidator.ValidateAsync(campaign.Directory, CancellationToken.None));
        foreach (var file in new[] { "openai/manifest.json", "openai/train.jsonl", "verl/manifest.json", "verl/train.parquet" })
        {
            Assert.Equal(
                await File.ReadAllBytesAsync(Path.Combine(exported.Campaign.Directory, "dataset", file)),
                await File.ReadAllBytesAsync(Path.Combine(campaign.Directory, "dataset", file)));
        }
    }

    [Theory]
    [InlineData("$.format", "openai/manifest.json", "\"format\":\"openai\"", "\"format\":\"trl\"")]
    [InlineData("$.sources", "openai/manifest.json", "\"path\":\"dataset/canonical.jsonl\",\"rows\":", "\"path\":\"dataset/canonical.jsonl\",\"rows\":1")]
    [InlineData("$", "openai/train.jsonl", "\"weight\":1", "\"weight\":2")]
    public async Task ValidateAsync_FormatOtherThanItsManifestSays_IsReported(string place, string file, string old, string changed)
    {
        using var copy = new TemporaryFolder();
        exported.Copy(copy.Path);
        var path = copy.File("dataset/" + file);
        var text = await File.ReadAllTextAsync(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace(old, changed, StringComparison.Ordinal));
        await File.WriteAllTextAsync(copy.File("dataset/openai/notes.txt"), "mine");
        var problems = await DatasetValidator.ValidateAsync(copy.Path, CancellationToken.None);
        Assert.Contains(problems, problem => problem.File == "dataset/" + file && problem.Path == place);
        Assert.Contains(problems, problem => problem.File == "dataset/openai/notes.txt");
    }

    [Fact]
    public async Task ValidateAsync_FileOfRowsWithoutARule_IsReported()
    {
        using var copy = new TemporaryFolder();
        exported.Copy(copy.Path);
        File.Move(copy.File("dataset/openai/train.jsonl"), copy.File("dataset/openai/rows.jsonl"));
        var manifest = await File.ReadAllTextAsync(copy.File("dataset/openai/manifest.json"));
        await File.WriteAllTextAsync(copy.File("dataset/openai/manifest.json"), manifest.Replace("openai/train.jsonl", "openai/rows.jsonl", StringComparison.Ordinal));
        var problem = Assert.Single(await DatasetValidator.ValidateAsync(copy.Path, CancellationToken.None));
        Assert.Equal(("dataset/openai/rows.jsonl", "expected one of the files of rows that openai has: train.jsonl"), (problem.File, problem.Expected));
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("\"divergence\":2", "\"divergence\":1", "$.divergence")]
    [InlineData("\"tool_call_id\":\"c1\"", "\"tool_call_id\":\"c2\"", "$.preferred[1]")]
    [InlineData("{\"role\":\"assistant\",\"content\":\"No.\"", "{\"role\":\"user\",\"content\":\"No.\"", "$.non_preferred[0].role")]
    public async Task WriteAsync_DatasetWithPreferences_GivesPairsForThoseWhoTakeThem(string old, string changed, string? place)
    {
        using var copy = new TemporaryFolder();
        exported.Copy(copy.Path);
        var pairs = GoldenFile.Read("preferences.jsonl");
        pairs += pairs.Replace("pair-1", "pair-2", StringComparison.Ordinal);
        pairs = old.Length == 0 ? pairs : pairs.Replace(old, changed, StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy.File("dataset/preferences.jsonl"), pairs);
        var manifest = await exported.ManifestAsync();
        manifest = manifest with { Files = [.. manifest.Files, new DatasetFile("dataset/preferences.jsonl", "preferences.jsonl", Sha256Text.Of(pairs), System.Text.Encoding.UTF8.GetByteCount(pairs), 2)] };
        await File.WriteAllTextAsync(copy.File("dataset/manifest.json"), JsonSerializer.Serialize(manifest, ArtifactJson.Options));
        var exporter = new DatasetExporter(new FolderExportPlace(copy.Path, copy.File("dataset")), manifest, null);
        var dpo = (await exporter.WriteAsync(DatasetFormat.Find("openai-dpo")!, CancellationToken.None)).Manifest!;
        var trl = (await exporter.WriteAsync(DatasetFormat.Find("trl")!, CancellationToken.None)).Manifest!;
        var problems = await DatasetValidator.ValidateAsync(copy.Path, CancellationToken.None);
        if (place is null)
        {
            Assert.Empty(problems);
            Assert.Equal((2L, 2L), (Assert.Single(dpo.Files).Rows, trl.Files.Single(file => file.Path == "dataset/trl/preferences.jsonl").Rows));
            Assert.Empty(trl.LeftOut);
        }
        else
        {
            Assert.Contains(problems, problem => problem is { File: "dataset/preferences.jsonl", Line: 1 } && problem.Path == place);
        }
    }

    [Fact]
    public async Task RunAsync_Tasks_CarryTheirGoldAndWhatAgentsSee()
    {
        var manifest = await exported.ManifestAsync();
        var lines = exported.Campaign.ReadFile("dataset/tasks.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(manifest.Counts.Tasks, lines.Length);
        var tasks = lines.Select(line => JsonNode.Parse(line)!).ToList();
        var environments = tasks.Select(task => (string)task["environment"]!).ToList();
        Assert.Equal(environments.Order(StringComparer.Ordinal), environments);
        Assert.Equal(manifest.Counts.Kept, tasks.Sum(task => (long)task["kept"]!));
        Assert.All(tasks, task => Assert.Equal(["system", "user"], task["prompt"]!.AsArray().Select(message => (string)message!["role"]!)));
        Assert.All(tasks, task => Assert.NotEmpty(task["gold"]!["calls"]!.AsArray()));
        Assert.All(tasks, task => Assert.Equal((string)task["gold"]!["proof"]! == "calls", (string)task["gold"]!["initial_hash"]! == (string)task["gold"]!["gold_hash"]!));
    }

    [Theory]
    [InlineData("dataset/tasks.jsonl", "gold", "calls")]
    [InlineData("dataset/nemo-gym/train.jsonl", "verifier_metadata", "gold_calls")]
    public void WriteAsync_TaskRowAndItsPackage_GiveBothStatesAgain(string file, string member, string calls)
    {
        var rows = exported.Campaign.ReadFile(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        Assert.Contains(rows, row => row.GetProperty(member).GetProperty("initial_changes").GetArrayLength() == 2);
        foreach (var row in rows)
        {
            var gold = row.GetProperty(member);
            var holder = member == "gold" ? row : gold;
            var package = LibraryEnvironment.Package() with { Id = holder.GetProperty("environment").GetString()! };
            var changes = gold.GetProperty("initial_changes").EnumerateArray().Select(change => new RowChange(
                change.GetProperty("collection").GetString()!, change.GetProperty("key").GetString()!, change.GetProperty("removed").GetBoolean() ? null : change.GetProperty("row")));
            var session = exported.Campaign.Engine.Open(LoadedEnvironment.Load(package), new Seed(holder.GetProperty("seed").GetString()!), [.. changes]);
            Assert.Equal(gold.GetProperty("initial_hash").GetString(), session.StateHash);
            foreach (var call in gold.GetProperty(calls).EnumerateArray())
            {
                Assert.False(session.Call(call.GetProperty("name").GetString()!, call.GetProperty("arguments")).IsError);
            }

            Assert.Equal(gold.GetProperty("gold_hash").GetString(), session.StateHash);
        }
    }

    /// <summary>A dataset exported in every format, made once.</summary>
    public sealed class Exported : IAsyncLifetime
    {
        internal LibraryCampaign Campaign { get; } = new(pairsPerTask: 0);

        internal IReadOnlyList<ExportOutcome> Outcomes { get; private set; } = [];

        public async Task InitializeAsync()
        {
            await Campaign.RunAsync(2);
            Outcomes = await ExportAsync(Path.Combine(Campaign.Directory, "dataset"));
        }

        public Task DisposeAsync()
        {
            Campaign.Dispose();
            return Task.CompletedTask;
        }

        internal async Task<DatasetManifest> ManifestAsync() =>
            JsonSerializer.Deserialize<DatasetManifest>(await File.ReadAllTextAsync(Path.Combine(Campaign.Directory, "dataset", "manifest.json")), ArtifactJson.Options)!;

        internal async Task<IReadOnlyList<ExportOutcome>> ExportAsync(string output)
        {
            var exporter = new DatasetExporter(new FolderExportPlace(Campaign.Directory, output), await ManifestAsync(), null);
            var outcomes = new List<ExportOutcome>();
            foreach (var format in DatasetFormat.All)
            {
                outcomes.Add(await exporter.WriteAsync(format, CancellationToken.None));
            }

            return outcomes;
        }

        internal void Copy(string target)
        {
            foreach (var file in Directory.EnumerateFiles(Campaign.Directory, "*", SearchOption.AllDirectories))
            {
                var path = Path.Combine(target, Path.GetRelativePath(Campaign.Directory, file));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(file, path);
            }
        }
    }
}
