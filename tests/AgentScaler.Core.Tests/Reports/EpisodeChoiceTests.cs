using AgentScaler.Reports;

namespace AgentScaler.Core.Tests.Reports;

public sealed class EpisodeChoiceTests
{
    [Fact]
    public void Shares_RareReasons_KeepAllAndTheOthersDivideWhatIsLeft()
    {
        var counts = new Dictionary<string, long> { [""] = 900, ["state-differs"] = 80, ["truncated"] = 2 };
        Assert.Equal([("truncated", 2L), ("state-differs", 49L), ("", 49L)], EpisodeChoice.Shares(counts, 100));
    }

    [Fact]
    public void Shares_MorePlacesThanEpisodes_TakeAll() =>
        Assert.Equal([("a", 1L), ("b", 2L)], EpisodeChoice.Shares(new Dictionary<string, long> { ["b"] = 2, ["a"] = 1 }, 50));

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(57)]
    public void Shares_Any_SumToThePlacesAndLeaveNoReasonOut(int places)
    {
        var shares = EpisodeChoice.Shares(new Dictionary<string, long> { ["a"] = 40, ["b"] = 7, ["c"] = 100 }, places);
        Assert.Equal(places, shares.Sum(share => share.Share));
        Assert.All(shares, share => Assert.True(share.Share > 0));
    }
}
