using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Telemetry;
using AgentScaler.Workflow;
using Microsoft.Extensions.Logging;

namespace AgentScaler.Campaigns;

/// <summary>One run of a workflow and its children on an <see cref="InProcessHost"/>.</summary>
internal sealed partial class InProcessRun(
    StepRunner runner,
    IReadOnlyList<IWorkflow> workflows,
    InProcessOptions options,
    TimeProvider clock,
    TaskScheduler scheduler,
    CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly SemaphoreSlim slots = new(options.Parallelism, options.Parallelism);
    private readonly Lock gate = new();
    private readonly HashSet<Task> stepsUnderWay = [];
    private StepFailedException? failure;

    /// <summary>The first failure, which stopped the run; or null.</summary>
    public StepFailedException? Failure => failure;

    /// <summary>The clock of the run.</summary>
    public TimeProvider Clock => clock;

    /// <summary>Cancelled when the run was cancelled or has failed.</summary>
    public CancellationToken Stopping => stop.Token;

    /// <summary>Runs an instance through all its continuations.</summary>
    /// <param name="mailbox">Its events, or null for a child: it gets none.</param>
    public async Task<StepResult> RunInstanceAsync(string name, string instanceId, WorkflowInput input, EventMailbox? mailbox)
    {
        var workflow = workflows.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new InvalidOperationException(
                $"there is no workflow '{name}'; the workflows here are {string.Join(", ", workflows.Select(candidate => candidate.Name))}");
        // Here workflow code runs once; on Durable Functions, where it is replayed, the runtime has spans of its own for orchestrations.
        using var activity = PipelineTelemetry.Source.StartActivity($"{name} {instanceId}");
        activity?.SetTag("agentscaler.workflow", name).SetTag("agentscaler.instance", instanceId);
        while (true)
        {
            stop.Token.ThrowIfCancellationRequested();
            var context = new InProcessContext(this, instanceId, mailbox);
            var current = input;
            var outcome = await Task.Factory.StartNew(
                () => context.Generation = workflow.RunAsync(context, current),
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                scheduler).Unwrap();
            if (outcome.Next is null)
            {
                return outcome.Result ?? throw new InvalidOperationException($"workflow '{name}' ended with neither a result nor an input to continue with");
            }

            input = outcome.Next;
        }
    }

    /// <summary>Starts a step, away from the workflow's own scheduler.</summary>
    public Task<StepResult> StartStep(string instanceId, StepCall call, RetryRule retry)
    {
        var step = Task.Run(() => RunStepAsync(instanceId, call, retry), stop.Token);
        lock (gate)
        {
            stepsUnderWay.RemoveWhere(earlier => earlier.IsCompleted);
            stepsUnderWay.Add(step);
        }

        return step;
    }

    /// <summary>Shows a status of the run.</summary>
    public void Report(WorkflowStatus status) => options.Statuses?.Report(status);

    /// <summary>Logs a workflow's line.</summary>
    public void Log(string instanceId, string message) => LogWorkflow(options.Logger, instanceId, message);

    /// <summary>Stops what still runs and waits until it has ended. How it ended was reported as it ended.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        Task[] last;
        lock (gate)
        {
            last = [.. stepsUnderWay];
        }

        await Task.WhenAll(last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        stop.Dispose();
        slots.Dispose();
    }

    private static bool IsFaultOfMachinery(Exception fault) => fault
        is StoreException or IOException or TimeoutException or HttpRequestException
        or ModelException { Fault: ModelFault.Throttled or ModelFault.Unavailable or ModelFault.BrokenAnswer };

    /// <summary>Runs a step with its retries; holds one of the run's slots while an attempt runs, not while it waits.</summary>
    private async Task<StepResult> RunStepAsync(string instanceId, StepCall call, RetryRule retry)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(instanceId, call, attempt);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e) when (IsFaultOfMachinery(e) && attempt < retry.Attempts)
            {
                var wait = retry.FirstDelay * Math.Pow(retry.Backoff, attempt - 1);
                wait = wait < retry.MaximumDelay ? wait : retry.MaximumDelay;
                Report(new StepProgress(instanceId, call.Name, StepPhase.Retrying, call.Inputs, attempt, TimeSpan.Zero) { Fault = e.Message });
                LogRetry(options.Logger, call.Name, attempt, wait, e.Message);
                await Task.Delay(wait, clock, stop.Token);
            }
            catch (Exception e)
            {
                Report(new StepProgress(instanceId, call.Name, StepPhase.Failed, call.Inputs, attempt, TimeSpan.Zero) { Fault = e.Message });
                throw await FailAsync(call, attempt, e);
            }
        }
    }

    private async Task<StepResult> AttemptAsync(string instanceId, StepCall call, int attempt)
    {
        await slots.WaitAsync(stop.Token);
        try
        {
            var started = clock.GetTimestamp();
            Report(new StepProgress(instanceId, call.Name, StepPhase.Started, call.Inputs, attempt, TimeSpan.Zero));
            var outcome = await runner.RunOrReadAsync(call, stop.Token);
            var phase = outcome.FromStore ? StepPhase.FromStore : StepPhase.Finished;
            Report(new StepProgress(instanceId, call.Name, phase, call.Inputs, attempt, clock.GetElapsedTime(started)) { Counts = outcome.Result.Counts });
            return outcome.Result;
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Remembers the first failure and stops all other steps: a run that can't end well should not keep its user waiting.</summary>
    private async Task<StepFailedException> FailAsync(StepCall call, int attempt, Exception fault)
    {
        var inputs = call.Inputs.Count == 0 ? "no inputs" : "inputs " + string.Join(", ", call.Inputs);
        var attempts = attempt == 1 ? string.Empty : $", {attempt} attempts";
        var mine = new StepFailedException(call.Name, $"with {inputs}{attempts}: {fault.Message}", fault);
        Interlocked.CompareExchange(ref failure, mine, null);
        await stop.CancelAsync();
        return mine;
    }

    private void Report(StepProgress progress) => options.Steps?.Report(progress);

    [LoggerMessage(LogLevel.Warning, "step {Step}, attempt {Attempt} failed, next in {Wait}: {Fault}")]
    private static partial void LogRetry(ILogger logger, string step, int attempt, TimeSpan wait, string fault);

    [LoggerMessage(LogLevel.Information, "{Instance}: {Message}")]
    private static partial void LogWorkflow(ILogger logger, string instance, string message);
}
