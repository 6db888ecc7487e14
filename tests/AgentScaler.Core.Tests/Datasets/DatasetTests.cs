using System.Text.Json;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Datasets;
using AgentScaler.Environments.Engine;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using AgentScaler.Json;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Datasets;

public sealed class DatasetTests : IDisposable
{
    private readonly LibraryCampaign campaign = new();

    [Fact]
    public async Task RunAsync_Campaign_AccountsForEveryEpisode()
    {
        var manifest = await campaign.RunAsync();
        Assert.Equal(3 * 4 * 12, manifest.Counts.Episodes);
        Assert.Equal((2L, 1L, 3L, 12L), (manifest.Counts.Tools, manifest.Counts.Domains, manifest.Counts.Environments, manifest.Counts.Tasks));
        Assert.Equal(manifest.Counts.Kept, Lines("dataset/canonical.jsonl").Length);
        Assert.Equal(manifest.Counts.Rejected, Lines("rejected.jsonl").Length);
        Assert.InRange(manifest.Counts.Kept, 60, 143);
        Assert.Equal(["MIT"], manifest.Licences);
        Assert.Equal("scripted", manifest.Generator);
        Assert.StartsWith("{\"about\":\"Scripted episodes", campaign.ReadFile("dataset/manifest.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Campaign_KeepsNoStateErrorAndAllCleanEpisodes()
    {
        await campaign.RunAsync();
        var report = JsonSerializer.Deserialize<FunnelReport>(campaign.ReadFile("dataset/funnel.json"), ArtifactJson.Options)!;
        Assert.True(report.Confusion.StateErrors > 0);
        Assert.Equal(0, report.Confusion.StateErrorsKept);
        Assert.True(report.Confusion.Clean > 20);
        Assert.Equal(report.Confusion.Clean, report.Confusion.CleanKept);
        Assert.Equal(report.Total.Episodes, report.Confusion.Rows.Sum(row => row.Episodes));
        Assert.Equal(["env-library-1", "env-library-2", "env-library-3"], report.Environments.Select(environment => environment.Environment));
    }

    [Fact]
    public async Task RunAsync_EveryRow_IsSortedAndHasItsVerdict()
    {
        await campaign.RunAsync();
        foreach (var (file, kept) in new[] { ("dataset/canonical.jsonl", true), ("rejected.jsonl", false) })
        {
            var rows = Lines(file).Select(line => JsonDocument.Parse(line).RootElement).ToList();
            var ids = rows.Select(row => row.GetProperty("metadata").GetProperty("episode").GetString()).ToList();
            Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
            Assert.All(rows, row => Assert.Equal(kept, row.GetProperty("metadata").GetProperty("funnel").GetProperty("kept").GetBoolean()));
            Assert.All(rows, row => Assert.Equal(!kept, row.TryGetProperty("verdict", out _)));
            Assert.DoesNotContain(rows, row => row.GetRawText().Contains("x-in", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task RunAsync_Campaign_SaysHowHardEveryTaskProved()
    {
        var manifest = await campaign.RunAsync();
        var tasks = Lines("dataset/difficulty.jsonl").Select(line => DatasetJson.Read<TaskDifficulty>(System.Text.Encoding.UTF8.GetBytes(line))).ToDictionary(task => task.Task);
        Assert.Equal(12, tasks.Count);
        Assert.All(tasks.Values, task => Assert.Equal(12, task.Trials + task.Spoilt));
        Assert.Equal(manifest.Counts.Kept, tasks.Values.Sum(task => task.Kept));
        Assert.Equal(manifest.Counts.Kept, manifest.Difficulty.Values.Sum());
        foreach (var line in Lines("dataset/canonical.jsonl").Concat(Lines("rejected.jsonl")))
        {
            var metadata = JsonDocument.Parse(line).RootElement.GetProperty("metadata");
            var task = tasks[metadata.GetProperty("task").GetString()!];
            Assert.Equal((task.Trials, task.Passed), (metadata.GetProperty("difficulty").GetProperty("trials").GetInt32(), metadata.GetProperty("difficulty").GetProperty("passed").GetInt32()));
        }

        var report = JsonSerializer.Deserialize<FunnelReport>(campaign.ReadFile("dataset/funnel.json"), ArtifactJson.Options)!;
        Assert.Equal(12, report.Difficulty.Tasks);
        Assert.Equal(report.Difficulty.Bands.Sum(band => band.Kept), report.Environments.Sum(environment => environment.Difficulty.Bands.Sum(band => band.Kept)));
        Assert.Contains("mistakes injected", campaign.ReadFile("dataset/difficulty.plan.json"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Campaign_PairsKeptAndRejectedEpisodes()
    {
        await campaign.RunAsync();
        var pairs = Lines("dataset/preferences.jsonl").Select(line => DatasetJson.Read<PreferencePair>(System.Text.Encoding.UTF8.GetBytes(line))).ToList();
        var kept = Lines("dataset/canonical.jsonl").Select(line => JsonDocument.Parse(line).RootElement.GetProperty("metadata").GetProperty("episode").GetString()!).ToHashSet();
        var rejected = Lines("rejected.jsonl").Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(row => row.GetProperty("metadata").GetProperty("episode").GetString()!);
        Assert.NotEmpty(pairs);
        Assert.All(pairs, pair =>
        {
            Assert.Contains(pair.Chosen, kept);
            Assert.Equal(pair.Reason, rejected[pair.Rejected].GetProperty("verdict").GetProperty("reason").GetString());
            Assert.Equal(pair.Divergence, pair.Prompt.Count);
            Assert.NotEqual(DatasetJson.Line(pair.Preferred), DatasetJson.Line(pair.NonPreferred));
        });
        Assert.All(pairs.GroupBy(pair => pair.Task), group => Assert.InRange(group.Count(), 1, 4));
        var report = JsonSerializer.Deserialize<FunnelReport>(campaign.ReadFile("dataset/funnel.json"), ArtifactJson.Options)!;
        Assert.Equal(pairs.Count, report.Pairs.Pairs);
        Assert.Equal(report.Pairs.Rejected, report.Pairs.Pairs + report.Pairs.Impossible.Values.Sum());
    }

    [Fact]
    public async Task RunAsync_OtherOrder_GivesTheSameBytes()
    {
        await campaign.RunAsync();
        using var other = new LibraryCampaign();
        await other.RunAsync(reversed: true);
        foreach (var file in new[] { "dataset/canonical.jsonl", "rejected.jsonl", "dataset/preferences.jsonl", "dataset/difficulty.jsonl", "dataset/difficulty.plan.json", "dataset/funnel.json", "dataset/manifest.json", "dataset/README.md" })
        {
            Assert.Equal(campaign.ReadFile(file), other.ReadFile(file));
        }
    }

    [Fact]
    public async Task RunAsync_Card_SaysFirstThatEpisodesAreScripted()
    {
        await campaign.RunAsync();
        var card = campaign.ReadFile("dataset/README.md");
        Assert.StartsWith("---\npretty_name: \"test\"\nlicense: mit\n", card, StringComparison.Ordinal);
        Assert.Contains("# test\n\n**`generator: scripted`. Scripted episodes", card, StringComparison.Ordinal);
        Assert.Contains("| state-alignment |", card, StringComparison.Ordinal);
        Assert.Contains("1 domains gave no environment: too-few-tools.", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplayAsync_Campaign_GivesEveryRecordedResult()
    {
        await campaign.RunAsync();
        using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 1 }, LibraryEnvironment.Clock);
        var report = await EpisodeReplayer.ReplayAsync(campaign.Artifacts, engine, null, CancellationToken.None);
        Assert.Equal((3L, 144L, 0L), (report.Environments, report.Episodes, report.FailedEpisodes));
        Assert.True(report.Calls > 200);
        Assert.Empty(report.Differences);
    }

    [Fact]
    public async Task WriteAsync_Sorting_IsTheSameInOnePassAndInMany()
    {
        var records = Enumerable.Range(0, 50).Select(i => $"{(i * 37) % 50:00}").ToList();
        foreach (var budget in new[] { 1L, 70, 1_000_000 })
        {
            await SortedTrajectories.WriteAsync(
                campaign.Artifacts, $"sorted-{budget}.jsonl", records.Where(id => id != "13").Select(id => (id, 10L)), Source, budget, CancellationToken.None);
            Assert.Equal(
                string.Concat(records.Where(id => id != "13").Order(StringComparer.Ordinal).Select(Line)),
                await campaign.Artifacts.ReadTextAsync($"sorted-{budget}.jsonl", CancellationToken.None));
        }

        async IAsyncEnumerable<(string, Func<string>)> Source([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
        {
            await Task.CompletedTask.WaitAsync(token);
            foreach (var id in records)
            {
                yield return (id, () => id == "13" ? throw new InvalidOperationException("a line nobody wants was made") : Line(id).TrimEnd('\n'));
            }
        }

        static string Line(string id) => $$$"""{"metadata":{"episode":"{{{id}}}"}}""" + "\n";
    }

    [Fact]
    public async Task MergeAsync_UnsortedFile_IsRefused()
    {
        await campaign.Artifacts.TryCreateTextAsync("a.jsonl", "{\"metadata\":{\"episode\":\"2\"}}\n{\"metadata\":{\"episode\":\"1\"}}\n", CancellationToken.None);
        var error = await Assert.ThrowsAsync<StoreException>(
            () => SortedTrajectories.MergeAsync(campaign.Artifacts, "merged.jsonl", ["a.jsonl"], CancellationToken.None));
        Assert.Contains("'a.jsonl': expected ids in ascending order, found '1' after '2'", error.Message, StringComparison.Ordinal);
        Assert.False(await campaign.Artifacts.ExistsAsync("merged.jsonl", CancellationToken.None));
    }

    [Fact]
    public async Task WriteAsync_ExportTwice_GivesTheSameFolder()
    {
        await campaign.RunAsync(2);
        var before = campaign.ReadFile("dataset/canonical.jsonl");
        File.WriteAllText(Path.Combine(campaign.Directory, "dataset", "canonical.jsonl"), "half");
        await DatasetExport.WriteAsync(campaign.Artifacts, LibraryCampaign.Prefix + DatasetManifest.FileName, campaign.Directory, CancellationToken.None);
        Assert.Equal(before, campaign.ReadFile("dataset/canonical.jsonl"));
        Assert.Empty(Directory.EnumerateFiles(campaign.Directory, "*.part", SearchOption.AllDirectories));
    }

    public void Dispose() => campaign.Dispose();

    private string[] Lines(string file) => campaign.ReadFile(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
