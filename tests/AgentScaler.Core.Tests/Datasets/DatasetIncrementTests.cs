using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Datasets;

public sealed class DatasetIncrementTests : IDisposable
{
    private readonly LibraryCampaign campaign = new();

    public void Dispose() => campaign.Dispose();

    [Fact]
    public async Task Extend_FirstNight_HoldsEachContentOnce()
    {
        var manifest = await campaign.RunAsync(environments: 1);

        var (reference, increment) = await campaign.ExtendAsync("first");

        var text = await campaign.Artifacts.ReadTextAsync(ArtifactSibling.Of(reference, IncrementManifest.Trajectories), CancellationToken.None);
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(manifest.Counts.Kept, increment.Rows + increment.Duplicates);
        Assert.Equal(increment.Rows, rows.Length);
        Assert.True(rows.Length > 1);
        Assert.Equal(increment.Sha256, Sha256Text.Of(text));
        var dataset = campaign.ReadFile("dataset/canonical.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(dataset.Where(rows.Contains), rows);
    }

    [Fact]
    public async Task Extend_SameContentInAnEarlierNight_AddsNothing()
    {
        await campaign.RunAsync(environments: 1);
        var (first, before) = await campaign.ExtendAsync("first");

        var (_, increment) = await campaign.ExtendAsync("second", first);

        Assert.Equal((0, before.Rows + before.Duplicates), (increment.Rows, increment.Duplicates));
    }

    [Fact]
    public async Task Extend_OtherIdsSameWords_IsADuplicate()
    {
        await campaign.RunAsync(environments: 1);
        var line = campaign.ReadFile("dataset/canonical.jsonl").Split('\n')[0];
        var renamed = System.Text.RegularExpressions.Regex.Replace(line, "call-[0-9a-f]+", "call-0").Replace("episode-", "episode-x", StringComparison.Ordinal);

        Assert.NotEqual(line, renamed);
        Assert.Equal(TrajectoryContent.HashOf(line, "a"), TrajectoryContent.HashOf(renamed, "b"));
        Assert.NotEqual(TrajectoryContent.HashOf(line, "a"), TrajectoryContent.HashOf(line.Replace("\"role\":\"user\",\"", "\"role\":\"user\",\"name\":\"n\",\"", StringComparison.Ordinal), "b"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"messages\":3}")]
    public void HashOf_NoRecord_NamesTheArtifact(string line)
    {
        var e = Assert.Throws<StoreException>(() => TrajectoryContent.HashOf(line, "some.jsonl"));

        Assert.Contains("'some.jsonl'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_SeriesOfTwoNames_GivesTheOnesOfTheName()
    {
        await campaign.RunAsync(environments: 1);
        var (first, _) = await campaign.ExtendAsync("first");
        var (second, _) = await campaign.ExtendAsync("second", first);
        await campaign.Artifacts.TryCreateJsonAsync(
            "steps/datasets.increment/other/increment.json", new IncrementManifest("d", "other", 1, 0, 0, "h"), CancellationToken.None);

        Assert.Equal([first, second], await IncrementSeries.FindAsync(campaign.Artifacts, "test", CancellationToken.None));
    }
}
