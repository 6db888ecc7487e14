using System.Runtime.ExceptionServices;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>
/// Runs workflows on one machine. Steps run on the thread pool, so many at once; workflow code runs one piece at a time. Nothing of a run is
/// kept: a killed run is started again and finds the results of its finished steps in the artifact store.
/// </summary>
/// <param name="runner">Runs the steps.</param>
/// <param name="workflows">The workflows that can be run, and run as children.</param>
/// <param name="options">Parallelism and who hears of progress.</param>
/// <param name="clock">Times the waits of workflows and retries.</param>
public sealed class InProcessHost(StepRunner runner, IEnumerable<IWorkflow> workflows, InProcessOptions options, TimeProvider clock)
{
    private readonly IReadOnlyList<IWorkflow> workflows = [.. workflows];
    private readonly TaskScheduler scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private readonly EventMailbox mailbox = new();
    private int running;

    /// <summary>Runs a workflow to its end, one at a time on a host.</summary>
    /// <returns>Its result. When this ends in whatever way, no step is running any more.</returns>
    /// <exception cref="StepFailedException">A step failed: at every attempt if the machinery was at fault, else at once. All other steps were stopped.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; run it again to go on.</exception>
    /// <exception cref="InvalidOperationException">No such workflow, or this host is running one.</exception>
    public async Task<StepResult> RunAsync(string workflow, string instanceId, WorkflowInput input, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref running, 1) == 1)
        {
            throw new InvalidOperationException("this host is running a workflow; one runs at a time");
        }

        using var run = new InProcessRun(runner, workflows, options, clock, scheduler, cancellationToken);
        try
        {
            return await run.RunInstanceAsync(workflow, instanceId, input, mailbox);
        }
        catch (Exception) when (run.Failure is not null)
        {
            ExceptionDispatchInfo.Throw(run.Failure);
            throw;
        }
        finally
        {
            await run.StopAsync();
            Volatile.Write(ref running, 0);
        }
    }

    /// <summary>Sends an event to the workflow that runs, or to the next one: it is kept until that waits for it.</summary>
    public void RaiseEvent(string name, string payload) =>
        _ = Task.Factory.StartNew(() => mailbox.Raise(name, payload), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
}
