using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>What one generation of a workflow instance sees of the <see cref="InProcessHost"/>.</summary>
internal sealed class InProcessContext(InProcessRun run, string instanceId, EventMailbox? mailbox) : IWorkflowContext
{
    /// <summary>No timer takes longer; a longer wait is several.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(30);

    /// <summary>The generation itself. It ends on the workflow scheduler, so whoever looks from there sees it ended or not, nothing between.</summary>
    public Task<WorkflowOutcome>? Generation { get; set; }

    /// <inheritdoc/>
    public string InstanceId => instanceId;

    /// <inheritdoc/>
    public DateTimeOffset CurrentTime => run.Clock.GetUtcNow();

    /// <inheritdoc/>
    public Task<StepResult> RunStepAsync(StepCall call, RetryRule retry) =>
        run.StartStep(instanceId, call, retry);

    /// <inheritdoc/>
    public Task<StepResult> RunChildAsync(string workflow, string instanceId, WorkflowInput input) =>
        Task.Run(() => run.RunInstanceAsync(workflow, instanceId, input, mailbox: null), run.Stopping);

    /// <inheritdoc/>
    public async Task WaitUntilAsync(DateTimeOffset time)
    {
        while (time - CurrentTime is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < LongestTimer ? left : LongestTimer, run.Clock, run.Stopping);
        }
    }

    /// <inheritdoc/>
    public Task<string> WaitForEventAsync(string name)
    {
        if (mailbox is null)
        {
            throw new NotSupportedException($"'{instanceId}' waits for '{name}', but events reach a campaign's own workflow, not its children");
        }

        var answer = mailbox.Wait(name, () => Generation is { IsCompleted: true });
        run.Stopping.Register(() => answer.TrySetCanceled(run.Stopping));
        return answer.Task;
    }

    /// <inheritdoc/>
    public void SetStatus(WorkflowStatus status)
    {
        if (mailbox is not null)
        {
            run.Report(status);
        }
    }

    /// <inheritdoc/>
    public void Log(string message) => run.Log(instanceId, message);
}
