using System.Threading.Channels;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Workflow;
using Microsoft.Extensions.Logging;

namespace AgentScaler.Campaigns;

/// <summary>Runs the campaign of a folder to its dataset, and keeps its row in the index at every status.</summary>
public sealed partial class CampaignRunner
{
    private readonly CampaignFolder folder;
    private readonly InProcessOptions options;
    private readonly InProcessHost host;
    private readonly Channel<WorkflowStatus> statuses = Channel.CreateUnbounded<WorkflowStatus>(new UnboundedChannelOptions { SingleReader = true });

    private string? halted;

    /// <summary>A runner for one run.</summary>
    /// <param name="steps">All steps of <see cref="StepNames"/>.</param>
    public CampaignRunner(CampaignFolder folder, IEnumerable<IStep> steps, InProcessOptions options, TimeProvider clock)
    {
        this.folder = folder;
        this.options = options;
        host = new InProcessHost(
            new StepRunner(folder.Artifacts, steps),
            [new CampaignWorkflow(), new DomainPageWorkflow()],
            options with { Statuses = new Forward(statuses.Writer, options.Statuses, OnHalt) },
            clock);
    }

    /// <summary>Runs the campaign, or what is left of it.</summary>
    /// <returns>The dataset's manifest, or an empty output if the campaign was cancelled by an event.</returns>
    /// <exception cref="StepFailedException">A step failed; the campaign can be run on once the cause is removed.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more; it can be run on once its budget is raised.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; the campaign can be run on.</exception>
    /// <exception cref="StoreException">The index can't be written.</exception>
    public async Task<StepResult> RunAsync(CancellationToken cancellationToken)
    {
        var recording = RecordAsync();
        StepResult? result = null;
        Exception? fault = null;
        try
        {
            result = await host.RunAsync(CampaignWorkflow.WorkflowName, $"campaign-{folder.Hash[..16]}", WorkflowInput.Start(folder.Reference), cancellationToken);
        }
        catch (Exception e)
        {
            fault = e;
        }

        statuses.Writer.Complete();
        if (fault is null && halted is not null)
        {
            fault = new BudgetSpentException(halted);
        }

        var state = fault switch
        {
            BudgetSpentException => CampaignState.Paused,
            null => result!.Output.Length == 0 ? CampaignState.Cancelled : CampaignState.Completed,
            OperationCanceledException => CampaignState.Cancelled,
            _ => CampaignState.Failed,
        };
        try
        {
            var last = await recording;
            await folder.Index.SetAsync(folder.Hash, state, last, CancellationToken.None);
        }
        catch (StoreException e) when (fault is not null)
        {
            // What stopped the run matters more than that the index does not know.
            LogIndexFault(options.Logger, e.Message);
        }

        if (fault is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }

        return result!;
    }

    /// <summary>Sends the running campaign a word: <see cref="CampaignWorkflow.Pause"/>, <see cref="CampaignWorkflow.Resume"/> or <see cref="CampaignWorkflow.Cancel"/>.</summary>
    public void Steer(string word) => host.RaiseEvent(CampaignWorkflow.ControlEvent, word);

    /// <summary>Nobody can raise a budget under way here: the run ends, and the next one goes on.</summary>
    private void OnHalt(string reason)
    {
        halted = reason;
        Steer(CampaignWorkflow.Cancel);
    }

    private async Task<WorkflowStatus> RecordAsync()
    {
        var last = WorkflowStatus.Initial;
        await foreach (var status in statuses.Reader.ReadAllAsync(CancellationToken.None))
        {
            last = status;
            await folder.Index.SetAsync(folder.Hash, CampaignState.Running, status, CancellationToken.None);
        }

        return last;
    }

    [LoggerMessage(LogLevel.Error, "the campaign's row in the index could not be written: {Fault}")]
    private static partial void LogIndexFault(ILogger logger, string fault);

    /// <summary>Statuses go to the index without making the workflow wait for it.</summary>
    private sealed class Forward(ChannelWriter<WorkflowStatus> index, IProgress<WorkflowStatus>? listener, Action<string> onHalt) : IProgress<WorkflowStatus>
    {
        private bool isHalted;

        public void Report(WorkflowStatus value)
        {
            if (isHalted)
            {
                // How it ends after that is our doing: it is paused.
                return;
            }

            index.TryWrite(value);
            listener?.Report(value);
            if (value is { Stage: CampaignWorkflow.PausedStage, Reason: { } reason })
            {
                isHalted = true;
                onHalt(reason);
            }
        }
    }
}
