using System.Collections.Concurrent;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>
/// What a campaign has in the stores: found by going through its workflow again, where each step gives the result it left, up to those that were
/// never done.
/// </summary>
/// <param name="Steps">Its steps, each after those whose results it builds on; the last of them may be unfinished.</param>
/// <param name="Inputs">The artifacts that its steps read.</param>
public sealed record CampaignFootprint(IReadOnlyList<StepRun> Steps, IReadOnlySet<string> Inputs)
{
    /// <summary>Finds it.</summary>
    /// <param name="campaign">Reference of its identity.</param>
    /// <param name="earlier">Earlier increments of its series, or null.</param>
    /// <exception cref="Storage.StoreException">The store failed, or the identity is not there.</exception>
    public static async Task<CampaignFootprint> FindAsync(
        StepRunner runner, string campaign, IReadOnlyList<string>? earlier, CancellationToken cancellationToken)
    {
        var walk = new Walk(runner, cancellationToken);
        await walk.RunAsync(new CampaignWorkflow(), WorkflowInput.Start(campaign) with { Earlier = earlier });
        return new CampaignFootprint([.. walk.Found], walk.Found.SelectMany(run => run.Inputs).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>A workflow's world in which nothing happens: what was done is told, what was not ends the way there.</summary>
    private sealed class Walk(StepRunner runner, CancellationToken cancellationToken) : IWorkflowContext
    {
        public ConcurrentQueue<StepRun> Found { get; } = [];

        public string InstanceId => "footprint";

        public DateTimeOffset CurrentTime => DateTimeOffset.UnixEpoch;

        /// <summary>Goes through a workflow to its end, or as far as it came.</summary>
        public async Task<StepResult?> RunAsync(IWorkflow workflow, WorkflowInput? input)
        {
            try
            {
                StepResult? result = null;
                while (input is not null)
                {
                    (result, input) = await workflow.RunAsync(this, input);
                }

                return result;
            }
            catch (UndoneException)
            {
                return null;
            }
        }

        public async Task<StepResult> RunStepAsync(StepCall call, RetryRule retry)
        {
            var (run, result) = await runner.FindAsync(call, cancellationToken);
            Found.Enqueue(run);
            return result ?? throw new UndoneException();
        }

        public async Task<StepResult> RunChildAsync(string workflow, string instanceId, WorkflowInput input) =>
            await RunAsync(new DomainPageWorkflow(), input) ?? throw new UndoneException();

        public Task WaitUntilAsync(DateTimeOffset time) => Task.CompletedTask;

        public Task<string> WaitForEventAsync(string name) => new TaskCompletionSource<string>().Task;

        public void SetStatus(WorkflowStatus status)
        {
        }

        public void Log(string message)
        {
        }
    }

    /// <summary>The step was never done.</summary>
    private sealed class UndoneException : Exception;
}
