using System.Globalization;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>A copy of <see cref="CampaignWorkflow"/> with one flaw.</summary>
internal sealed class BrokenCampaignWorkflow(Flaw flaw) : IWorkflow
{
    private const int PagesAtOnce = 4;

    private int runs;

    public string Name => CampaignWorkflow.WorkflowName;

    public async Task<WorkflowOutcome> RunAsync(IWorkflowContext context, WorkflowInput input)
    {
        var status = input.Status;
        if (input.References.Count == 0)
        {
            return await PrepareAsync(context, input.Campaign, status);
        }

        if (input.Pages.Count == 0)
        {
            context.SetStatus(status = status with { Stage = "datasets" });
            if (flaw == Flaw.AbandonedStep)
            {
                _ = context.RunStepAsync(StepCall.Of(StepNames.ImportTools, input.Campaign), RetryRule.Default);
            }

            var dataset = await context.RunStepAsync(StepCall.Of(StepNames.AssembleDataset, input.Campaign, input.References), RetryRule.Default);
            if (flaw == Flaw.AmbientLog)
            {
                context.Log("done at " + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture));
            }

            context.SetStatus(status with { Stage = "done" });
            return WorkflowOutcome.Done(dataset);
        }

        context.SetStatus(status = status with { Stage = "domains", Done = status.Done + (flaw == Flaw.InstanceState ? ++runs : 0) });
        var control = context.WaitForEventAsync(CampaignWorkflow.ControlEvent);
        var finished = await FanOutAsync(context, input, status.Done);
        status = status.With("domains", finished) with { Done = status.Done + finished.Count };
        context.SetStatus(status);
        if (control.IsCompleted && await IsCancelledAsync(context, await control, status))
        {
            context.SetStatus(status with { Stage = "cancelled" });
            return WorkflowOutcome.Done(StepResult.Of(string.Empty));
        }

        return WorkflowOutcome.Continue(input with
        {
            References = [.. input.References, .. finished.Select(page => page.Output)],
            Pages = [.. input.Pages.Skip(PagesAtOnce)],
            Status = status,
        });
    }

    private async Task<IReadOnlyList<StepResult>> FanOutAsync(IWorkflowContext context, WorkflowInput input, int done)
    {
        var children = input.Pages.Take(PagesAtOnce).Select((page, i) => context.RunChildAsync(
            DomainPageWorkflow.WorkflowName,
            $"{context.InstanceId}-page-{done + i + 1}",
            new WorkflowInput(input.Campaign, [page], [], WorkflowStatus.Initial))).ToList();
        switch (flaw)
        {
            case Flaw.ShortDelay:
                await Task.Delay(1);
                break;
            case Flaw.LongDelay:
                await Task.Delay(TimeSpan.FromHours(1));
                break;
            case Flaw.TaskRun:
                await Task.Run(() => Thread.SpinWait(1));
                break;
            case Flaw.ConfigureAwaitFalse:
                return await Task.WhenAll(children).ConfigureAwait(false);
            case Flaw.UnorderedFanIn:
                var arrived = new List<StepResult>();
                while (children.Count > 0)
                {
                    var next = await Task.WhenAny(children);
                    children.Remove(next);
                    arrived.Add(await next);
                }

                return arrived;
        }

        return await Task.WhenAll(children);
    }

    private async Task<WorkflowOutcome> PrepareAsync(IWorkflowContext context, string campaign, WorkflowStatus status)
    {
        context.SetStatus(status with { Stage = "tools" });
        IReadOnlyList<string> documents = flaw == Flaw.AmbientClock ? [DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)] : [];
        var tools = await context.RunStepAsync(StepCall.Of(StepNames.ImportTools, campaign, documents), RetryRule.Default);
        context.SetStatus(status = status.With("graphs", tools));
        var domains = await context.RunStepAsync(StepCall.Of(StepNames.FindDomains, campaign, tools.Output), RetryRule.Default);
        status = status.With("domains", domains) with { Total = domains.Items.Count };
        context.SetStatus(status);
        return WorkflowOutcome.Continue(new WorkflowInput(campaign, [tools.Output, domains.Output], domains.Items, status));
    }

    private static async Task<bool> IsCancelledAsync(IWorkflowContext context, string word, WorkflowStatus status)
    {
        while (word == CampaignWorkflow.Pause)
        {
            context.SetStatus(status with { Stage = "paused" });
            context.Log("paused; waiting for resume or cancel");
            word = await context.WaitForEventAsync(CampaignWorkflow.ControlEvent);
        }

        return word == CampaignWorkflow.Cancel;
    }
}
