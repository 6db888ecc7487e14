using System.Diagnostics;
using AgentScaler.Workflow;

namespace AgentScaler.Telemetry;

/// <summary>The span and the latency of one step.</summary>
internal sealed class StepSpan : IDisposable
{
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Activity? activity;
    private readonly string step;
    private bool? fromStore;
    private Exception? fault;

    private StepSpan(Activity? activity, string step) => (this.activity, this.step) = (activity, step);

    /// <summary>Starts the span of a step, below whatever span is current.</summary>
    public static StepSpan Start(StepCall call, string key)
    {
        var activity = PipelineTelemetry.Source.StartActivity("step " + call.Name);
        activity?.SetTag("agentscaler.step", call.Name).SetTag("agentscaler.step.version", call.Version).SetTag("agentscaler.step.key", key).SetTag("agentscaler.campaign", call.Campaign)
            .SetTag("agentscaler.inputs", call.Inputs);
        return new StepSpan(activity, call.Name);
    }

    /// <summary>Says how the step ended.</summary>
    /// <param name="isFromStore">Whether it was done before.</param>
    public void End(StepResult result, bool isFromStore)
    {
        fromStore = isFromStore;
        activity?.SetTag("agentscaler.from_store", isFromStore).SetTag("agentscaler.output", result.Output);
    }

    /// <summary>Says that the step failed.</summary>
    public void Fail(Exception e)
    {
        fault = e;
        PipelineTelemetry.Fail(activity, e);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var tags = new TagList { { "agentscaler.step", step }, { "agentscaler.from_store", fromStore ?? false } };
        if (fault is not null)
        {
            tags.Add("error.type", fault.GetType().FullName);
        }

        PipelineTelemetry.StepSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        activity?.Dispose();
    }
}
