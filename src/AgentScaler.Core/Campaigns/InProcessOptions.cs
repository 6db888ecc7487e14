using AgentScaler.Workflow;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentScaler.Campaigns;

/// <summary>How an <see cref="InProcessHost"/> runs, and who hears of it. The listeners are called on many threads, some at once.</summary>
public sealed record InProcessOptions
{
    /// <summary>Steps that run at once, at least 1.</summary>
    public int Parallelism
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "at least one step must be able to run");
    } = 1;

    /// <summary>Hears each status of the workflow (not of its children), in order.</summary>
    public IProgress<WorkflowStatus>? Statuses { get; init; }

    /// <summary>Hears of each step.</summary>
    public IProgress<StepProgress>? Steps { get; init; }

    /// <summary>Takes the workflows' log lines and the faults that were retried.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
