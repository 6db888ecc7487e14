using AgentScaler.Core.Tests.Campaigns;

namespace AgentScaler.Core.Tests.Episodes;

public sealed class EpisodeTelemetryTests(LibraryRollouts library) : IClassFixture<LibraryRollouts>
{
    [Fact]
    public void Episode_HasASpanWithItsTurnsAndCallsBelow()
    {
        using var heard = new Heard();

        var record = library.Clean(library.Clearing, 4711);

        var episode = Assert.Single(heard.Spans, span => Equals(span.GetTagItem("agentscaler.episode"), record.Id));
        var below = heard.Spans.Where(span => span.ParentSpanId == episode.SpanId).ToList();
        Assert.Equal(record.Messages.Count(message => message.Role == "user"), below.Count(span => span.OperationName == "chat user"));
        Assert.Equal(record.Messages.Count(message => message.Role == "assistant"), below.Count(span => span.OperationName == "chat agent"));
        Assert.Equal(
            record.Calls.Select(call => "execute_tool " + call.Tool).Order(StringComparer.Ordinal),
            below.Select(span => span.OperationName).Where(name => name.StartsWith("execute_tool", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains(heard.Measured, measure => measure.Instrument == "agentscaler.episodes");
    }
}
