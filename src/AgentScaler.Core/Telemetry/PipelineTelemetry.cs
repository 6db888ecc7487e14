using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AgentScaler.Telemetry;

/// <summary>
/// What the pipeline tells of itself while it runs: spans of the source and instruments of the meter <see cref="Name"/>. Without a listener it costs next to nothing,
/// and nothing of it is part of any artifact. Spans: campaign, page of domains, step, episode, and below that the model's turns and tool calls by the GenAI semantic
/// conventions of OpenTelemetry.
/// </summary>
public static class PipelineTelemetry
{
    /// <summary>The name of source and meter, to subscribe to.</summary>
    public const string Name = "AgentScaler";

    private static readonly Meter Meter = new(Name);

    /// <summary>Starts the spans.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>How long steps took, in seconds. Tags: <c>agentscaler.step</c>, <c>agentscaler.from_store</c>, <c>error.type</c> where one failed.</summary>
    public static Histogram<double> StepSeconds { get; } = Meter.CreateHistogram<double>("agentscaler.step.duration", "s", "Duration of a step, or of reading its result");

    /// <summary>Episodes rolled out. Tags: <c>agentscaler.generator</c>, <c>agentscaler.termination</c>.</summary>
    public static Counter<long> Episodes { get; } = Meter.CreateCounter<long>("agentscaler.episodes", "{episode}", "Episodes rolled out");

    /// <summary>Trajectories kept by the funnel.</summary>
    public static Counter<long> Kept { get; } = Meter.CreateCounter<long>("agentscaler.trajectories.kept", "{trajectory}", "Trajectories kept by the funnel");

    /// <summary>Requests to stores in the cloud, retries counted. Tags: <c>server.address</c>, <c>http.request.method</c>, <c>http.response.status_code</c>.</summary>
    public static Counter<long> StorageOperations { get; } = Meter.CreateCounter<long>("agentscaler.storage.operations", "{operation}", "Requests to storage services");

    /// <summary>What models cost, in USD. Tags: <c>agentscaler.role</c>, <c>gen_ai.request.model</c>. Their tokens are counted by the GenAI conventions (<c>gen_ai.client.token.usage</c>).</summary>
    public static Counter<double> Cost { get; } = Meter.CreateCounter<double>("agentscaler.cost", "USD", "Cost of models");

    /// <summary>Marks a span as failed.</summary>
    public static void Fail(Activity? activity, Exception fault)
    {
        activity?.SetStatus(ActivityStatusCode.Error, fault.Message);
        activity?.SetTag("error.type", fault.GetType().FullName);
    }
}
