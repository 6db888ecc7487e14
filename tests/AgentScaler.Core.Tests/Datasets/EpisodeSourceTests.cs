using AgentScaler.Datasets;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Datasets;

public sealed class EpisodeSourceTests : IDisposable
{
    private readonly LibraryCampaign campaign = new();

    /// <summary>More than is held in memory, so that every pass reads it again.</summary>
    [Fact]
    public async Task ReadAsync_DamagedEpisode_IsToldOnceAndLeftOutEveryTime()
    {
        await campaign.RunAsync(1);
        var judgement = await JudgementAsync();
        var first = (await campaign.Artifacts.ReadTextAsync(judgement.Episodes[0], CancellationToken.None)).Split('\n')[0];
        var padded = first.Replace("\"generator\":\"", "\"generator\":\"" + new string('x', 9 << 20), StringComparison.Ordinal);
        await campaign.Artifacts.TryCreateTextAsync("damaged.jsonl", $"{first}\n{{}}\n{padded}\n", CancellationToken.None);
        var told = new List<string>();
        var tasks = await EpisodeSource.ReadTasksAsync(campaign.Artifacts, judgement.Tasks, CancellationToken.None);
        var source = new EpisodeSource(campaign.Artifacts, tasks, ["damaged.jsonl"], null, (place, _) => told.Add(place));
        for (var pass = 0; pass < 3; pass++)
        {
            var read = 0;
            await foreach (var (episode, task) in source.ReadAsync(CancellationToken.None))
            {
                Assert.Equal(task.Id, episode.Task);
                read++;
            }

            Assert.Equal(2, read);
        }

        Assert.Equal("damaged.jsonl:2", Assert.Single(told));
    }

    [Theory]
    [InlineData(true, "stands twice")]
    [InlineData(false, "is of the unknown task")]
    public async Task ReplayAsync_TaskTwiceOrMissing_IsNamed(bool twice, string message)
    {
        await campaign.RunAsync(1);
        var judgement = await JudgementAsync();
        var lines = (await campaign.Artifacts.ReadTextAsync(judgement.Tasks, CancellationToken.None)).TrimEnd('\n').Split('\n');
        await campaign.Artifacts.TryCreateTextAsync("other/tasks.jsonl", string.Join('\n', twice ? [.. lines, lines[0]] : lines.Skip(1)) + "\n", CancellationToken.None);
        await campaign.Artifacts.TryCreateJsonAsync("steps/funnel.judge/0/judgement.json", judgement with { Tasks = "other/tasks.jsonl" }, CancellationToken.None);
        var error = await Assert.ThrowsAsync<StoreException>(() => EpisodeReplayer.ReplayAsync(campaign.Artifacts, campaign.Engine, null, CancellationToken.None));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => campaign.Dispose();

    private async Task<Judgement> JudgementAsync() => await campaign.Artifacts.ReadJsonAsync<Judgement>(
        (await campaign.Artifacts.ReadJsonAsync<DatasetPage>("steps/datasets.page/1/page.json", CancellationToken.None)).Judgements[0], CancellationToken.None);
}
