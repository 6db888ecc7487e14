using System.Diagnostics;
using AgentScaler.Campaigns;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>What runs tell of themselves, as a listener hears it.</summary>
public sealed class TelemetryTests : InProcessHostTestBase
{
    [Fact]
    public async Task Step_ThatRuns_HasASpanAndALatency()
    {
        using var heard = new Heard();
        var call = new StepCall("told", 1, Campaign, []);
        var runner = new StepRunner(Store, [LambdaStep.Writing("told", () => { })]);

        await runner.RunAsync(call, default);
        await runner.RunAsync(call, default);

        var spans = heard.Spans.Where(span => span.OperationName == "step told").ToList();
        Assert.Equal([false, true], spans.OrderBy(span => span.StartTimeUtc).Select(span => span.GetTagItem("agentscaler.from_store")));
        Assert.All(spans, span => Assert.Equal(Campaign, span.GetTagItem("agentscaler.campaign")));
        Assert.Equal(2, heard.Measured.Count(measure => measure.Instrument == "agentscaler.step.duration" && measure.Tags.Contains("agentscaler.step=told")));
    }

    [Fact]
    public async Task Step_ThatFails_SaysSoInItsSpan()
    {
        using var heard = new Heard();
        var runner = new StepRunner(Store, [LambdaStep.Writing("broken", () => throw new InvalidOperationException("no luck"))]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => runner.RunAsync(new StepCall("broken", 1, Campaign, []), default));

        var span = Assert.Single(heard.Spans, span => span.OperationName == "step broken");
        Assert.Equal((ActivityStatusCode.Error, "no luck"), (span.Status, span.StatusDescription));
    }
}
