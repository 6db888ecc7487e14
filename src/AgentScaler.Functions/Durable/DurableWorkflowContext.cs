using AgentScaler.Workflow;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AgentScaler.Functions;

/// <summary>What a workflow sees of Durable Functions: steps are activities, children are sub-orchestrations.</summary>
public sealed partial class DurableWorkflowContext(TaskOrchestrationContext context) : IWorkflowContext
{
    /// <summary>The backend wants a wait between attempts.</summary>
    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    private readonly ILogger logger = context.CreateReplaySafeLogger<DurableWorkflowContext>();

    /// <inheritdoc/>
    public string InstanceId => context.InstanceId;

    /// <inheritdoc/>
    public DateTimeOffset CurrentTime => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    /// <inheritdoc/>
    public async Task<StepResult> RunStepAsync(StepCall call, RetryRule retry)
    {
        try
        {
            return await context.CallActivityAsync<StepResult>(StepFunction.Name, call, OptionsOf(retry));
        }
        catch (TaskFailedException e)
        {
            throw new StepFailedException(call.Name, e.FailureDetails.ErrorMessage, e);
        }
    }

    /// <inheritdoc/>
    public async Task<StepResult> RunChildAsync(string workflow, string instanceId, WorkflowInput input)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<StepResult>(
                WorkflowFunction.Name, new WorkflowCall(workflow, input), new SubOrchestrationOptions(new TaskOptions(), instanceId));
        }
        catch (TaskFailedException e)
        {
            throw new StepFailedException(instanceId, e.FailureDetails.ErrorMessage, e);
        }
    }

    /// <inheritdoc/>
    public Task WaitUntilAsync(DateTimeOffset time) => context.CreateTimer(time.UtcDateTime, CancellationToken.None);

    /// <inheritdoc/>
    public Task<string> WaitForEventAsync(string name) => context.WaitForExternalEvent<string>(name);

    /// <inheritdoc/>
    public void SetStatus(WorkflowStatus status) => context.SetCustomStatus(status);

    /// <inheritdoc/>
    public void Log(string message) => LogWorkflow(logger, context.InstanceId, message);

    private static TaskOptions OptionsOf(RetryRule retry)
    {
        if (retry.Attempts == 1)
        {
            return new TaskOptions();
        }

        var longest = retry.MaximumDelay > ShortestDelay ? retry.MaximumDelay : ShortestDelay;
        var first = retry.FirstDelay > ShortestDelay ? retry.FirstDelay : ShortestDelay;
        return TaskOptions.FromRetryPolicy(new RetryPolicy(retry.Attempts, first < longest ? first : longest, retry.Backoff, longest));
    }

    [LoggerMessage(LogLevel.Information, "{Instance}: {Message}")]
    private static partial void LogWorkflow(ILogger logger, string instance, string message);
}
