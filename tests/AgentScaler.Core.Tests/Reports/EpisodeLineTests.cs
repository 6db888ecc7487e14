using AgentScaler.Reports;
using AgentScaler.Storage;

namespace AgentScaler.Core.Tests.Reports;

public sealed class EpisodeLineTests
{
    [Theory]
    [InlineData("""{"id":"episode-1","task":"task-1","messages":[{"id":"other","task":"other"}]}""")]
    [InlineData("""{"messages":[{"id":"other","task":"other"}],"nested":{"id":"x"},"task":"task-1","id":"episode-1"}""")]
    public void Read_MembersOfTheLineItself_AreFoundWhereverTheyStand(string line) =>
        Assert.Equal(new EpisodeLine("episode-1", "task-1"), EpisodeLine.Read(line, "shard.jsonl"));

    [Theory]
    [InlineData("""{"id":"episode-1"}""")]
    [InlineData("""{"id":7,"task":"task-1"}""")]
    [InlineData("""{"id":"episode-1","task":""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Read_NoEpisode_NamesTheArtifact(string line) =>
        Assert.Contains("'shard.jsonl'", Assert.Throws<StoreException>(() => EpisodeLine.Read(line, "shard.jsonl")).Message, StringComparison.Ordinal);
}
