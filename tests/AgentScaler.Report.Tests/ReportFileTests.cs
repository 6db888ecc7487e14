using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentScaler.Report.Tests;

/// <summary>The report as a file.</summary>
[Collection(ReportCollection.Name)]
public sealed class ReportFileTests(ManifoldCampaign campaign)
{
    [Fact]
    public async Task Report_WrittenAgain_HasTheBytesThatRunWrote()
    {
        var first = SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(campaign.Folder, "report.html")));
        using var folder = new TemporaryFolder();
        var outcome = await AgentscalerProcess.RunAsync("report", campaign.Folder, "--out", folder["again.html"], "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Equal(first, SHA256.HashData(await File.ReadAllBytesAsync(folder["again.html"])));
    }

    [Fact]
    public async Task Report_FewerEpisodesThanThereAre_SaysHowManyAndKeepsEveryReason()
    {
        using var folder = new TemporaryFolder();
        var outcome = await AgentscalerProcess.RunAsync("report", campaign.Folder, "--out", folder["few.html"], "--episodes", "60", "--json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var answer = System.Text.Json.JsonElement.Parse(outcome.Output);
        Assert.Equal(60, answer.GetProperty("shown").GetInt32());
        Assert.True(answer.GetProperty("episodes").GetInt32() > 60);
        var index = ReportBlock.Read(await File.ReadAllTextAsync(folder["few.html"]), "data-index");
        Assert.Equal(campaign.Reasons.Keys, index.GetProperty("reasonWords").EnumerateArray().Select(word => word.GetString()!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Report_Page_AsksForNothingAndRunsItsOwnScriptOnly()
    {
        var page = await File.ReadAllTextAsync(campaign.Page);
        Assert.Contains("default-src 'none'; script-src 'sha256-", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("(src|href)=\"https?:"), page);

        // Data is packed, so that no text of it can end a script or begin an element: what was planted is in the data, and nothing of it in the page itself.
        Assert.Contains(Chunks(page), chunk => chunk.GetRawText().Contains("window.planted=1", StringComparison.Ordinal));
        Assert.All(Regex.Matches(page, "id=\"data-[a-z0-9-]+\">\"([^\"]*)\""), block => Assert.Matches("^[A-Za-z0-9+/=]+$", block.Groups[1].Value));
        Assert.Equal(Regex.Count(page, "</script>"), Regex.Count(page, "<script[ >]"));
    }

    [Fact]
    public async Task Report_Episodes_ShowTheRowsOfEveryStateThatIsNotGolds()
    {
        var episodes = Chunks(await File.ReadAllTextAsync(campaign.Page)).SelectMany(chunk => chunk.GetProperty("episodes").EnumerateArray()).ToList();
        Assert.All(episodes, episode => Assert.Equal(episode.GetProperty("reward").GetProperty("state").GetBoolean(), episode.GetProperty("stateEqual").GetBoolean()));
        var others = episodes.Where(episode => !episode.GetProperty("stateEqual").GetBoolean()).ToList();
        Assert.Contains(others, episode => episode.TryGetProperty("toolFault", out _));
        Assert.All(others, episode => Assert.True(episode.TryGetProperty("changes", out _), episode.GetProperty("id").GetString()));
        var differing = episodes.Where(episode => episode.GetProperty("goldDiffers").GetBoolean()).ToList();
        Assert.NotEmpty(differing);
        Assert.All(differing, episode => Assert.True(episode.TryGetProperty("goldChanges", out _), episode.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Report_Blocks_HoldFewEpisodesEachAndAllOfThem()
    {
        var page = await File.ReadAllTextAsync(campaign.Page);
        var sizes = Chunks(page).Select(chunk => chunk.GetProperty("episodes").GetArrayLength()).ToList();
        Assert.All(sizes, size => Assert.InRange(size, 1, 64));
        Assert.Equal(campaign.Shown, sizes.Sum());
    }

    [Fact]
    public async Task Report_RunFileThatNamesFiles_TellsNothingOfThem()
    {
        using var folder = new TemporaryFolder();
        var copy = Copy(folder);
        await File.WriteAllTextAsync(Path.Combine(copy, "run.json"), """
            { "seconds": 83, "skipped": [{ "name": "/home/ada/private.yaml", "reason": "too large" }], "steps": { "tools.import": { "steps": 1, "seconds": 2.5 } }, "later": true }
            """);
        var outcome = await AgentscalerProcess.RunAsync("report", copy);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        var page = await File.ReadAllTextAsync(Path.Combine(copy, "report.html"));
        var blocks = Regex.Matches(page, "id=\"(data-[a-z0-9-]+)\"").Select(block => ReportBlock.Read(page, block.Groups[1].Value).GetRawText()).ToList();
        Assert.Contains(blocks, block => block.Contains("\"seconds\":83", StringComparison.Ordinal));
        Assert.DoesNotContain(blocks, block => block.Contains("private.yaml", StringComparison.Ordinal));
        Assert.DoesNotContain(blocks, block => block.Contains(folder.Path, StringComparison.Ordinal) || block.Contains(campaign.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_RunFileThatIsNone_NamesItAndSaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        var copy = Copy(folder);
        await File.WriteAllTextAsync(Path.Combine(copy, "run.json"), "{ \"seconds\": \"many\" }");
        var outcome = await AgentscalerProcess.RunAsync("report", copy);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("run.json': $.seconds", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("remove the file", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_WithoutRunFile_LeavesTimesOut()
    {
        using var folder = new TemporaryFolder();
        var copy = Copy(folder);
        File.Delete(Path.Combine(copy, "run.json"));
        var outcome = await AgentscalerProcess.RunAsync("report", copy);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.False(ReportBlock.Read(await File.ReadAllTextAsync(Path.Combine(copy, "report.html")), "data-overview").TryGetProperty("run", out _));
    }

    [Fact]
    public async Task Report_EpisodesThatAreGone_NamesTheirArtifactAndLeavesTheOldReport()
    {
        using var folder = new TemporaryFolder();
        var copy = Copy(folder);
        var shard = Directory.EnumerateFiles(Path.Combine(copy, "artifacts", "steps", "episodes.roll-out"), "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.Delete(shard);
        var before = await File.ReadAllBytesAsync(Path.Combine(copy, "report.html"));
        var outcome = await AgentscalerProcess.RunAsync("report", copy);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(Path.GetRelativePath(Path.Combine(copy, "artifacts"), shard), outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(copy, "report.html")));
        Assert.False(File.Exists(Path.Combine(copy, "report.html.part")));
    }

    [Fact]
    public async Task Report_CampaignThatHasNotEnded_SaysHowToEndIt()
    {
        using var folder = new TemporaryFolder();
        var copy = Copy(folder);
        Directory.Delete(Path.Combine(copy, "artifacts", "steps", "datasets.assemble"), recursive: true);
        var outcome = await AgentscalerProcess.RunAsync("report", copy);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("run the campaign to its end first: agentscaler run", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_FolderWithoutCampaign_IsWrongUsage()
    {
        using var folder = new TemporaryFolder();
        var outcome = await AgentscalerProcess.RunAsync("report", folder.Path);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("holds no campaign", outcome.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Chunks(string page) => Regex.Matches(page, "id=\"(data-chunk-[0-9]+)\"").Select(block => ReportBlock.Read(page, block.Groups[1].Value));

    /// <summary>The campaign's folder once more, without what the tests added to it.</summary>
    private string Copy(TemporaryFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(campaign.Folder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("manifold", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(folder["copy"], Path.GetRelativePath(campaign.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return folder["copy"];
    }
}
