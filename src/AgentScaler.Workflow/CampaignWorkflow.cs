namespace AgentScaler.Workflow;

/// <summary>
/// A whole campaign: import, domains, then the pages of domains a few at a time, then the dataset and, in a series, what it adds to earlier ones.
/// After each batch of pages it continues as new, carrying the finished pages; it obeys <c>pause</c>, <c>resume</c> and <c>cancel</c> between batches
/// and before the first. Where a step must wait (a budget is spent) it pauses by itself; <c>resume</c> then runs again what is not done.
/// </summary>
public sealed class CampaignWorkflow : IWorkflow
{
    /// <summary>Its name on every host.</summary>
    public const string WorkflowName = "campaign";

    /// <summary>The event that steers a running campaign; its payload is one of the words below.</summary>
    public const string ControlEvent = "control";

    /// <summary>Payload: start no further batch.</summary>
    public const string Pause = "pause";

    /// <summary>Payload: go on.</summary>
    public const string Resume = "resume";

    /// <summary>Payload: end now, without a dataset.</summary>
    public const string Cancel = "cancel";

    /// <summary>The stage of a campaign that waits.</summary>
    public const string PausedStage = "paused";

    /// <summary>Pages that run at once: a page is up to 50 domains, enough to keep a host busy while another page's last domain ends.</summary>
    private const int PagesAtOnce = 4;

    /// <inheritdoc/>
    public string Name => WorkflowName;

    /// <inheritdoc/>
    public async Task<WorkflowOutcome> RunAsync(IWorkflowContext context, WorkflowInput input)
    {
        var status = input.Status;
        if (input.References.Count == 0)
        {
            return await PrepareAsync(context, input);
        }

        if (input.Pages.Count == 0)
        {
            context.SetStatus(status = status with { Stage = "datasets" });
            var dataset = await context.RunStepAsync(StepCall.Of(StepNames.AssembleDataset, input.Campaign, input.References), RetryRule.Default);
            if (input.Earlier is { } earlier)
            {
                var increment = await context.RunStepAsync(
                    StepCall.Of(StepNames.ExtendSeries, input.Campaign, [dataset.Output, .. earlier]), RetryRule.Default);
                dataset = dataset with { Items = [increment.Output] };
                status = status.With("datasets", increment);
            }

            context.SetStatus(status with { Stage = "done" });
            return WorkflowOutcome.Done(dataset);
        }

        context.SetStatus(status = status with { Stage = "domains" });
        var control = context.WaitForEventAsync(ControlEvent);
        var batch = Task.WhenAll(input.Pages.Take(PagesAtOnce).Select((page, i) => context.RunChildAsync(
            DomainPageWorkflow.WorkflowName,
            $"{context.InstanceId}-page-{status.Done + i + 1}{(input.Resumed == 0 ? string.Empty : $"-again-{input.Resumed}")}",
            new WorkflowInput(input.Campaign, [page], [], WorkflowStatus.Initial))));
        var finished = await batch;
        if (finished.FirstOrDefault(page => page.Halted is not null) is { } halted)
        {
            return await WaitAsync(context, control, input, status, halted);
        }

        status = status.With("domains", finished) with { Done = status.Done + finished.Length };
        context.SetStatus(status);
        return await ObeyAsync(context, control, status) ?? WorkflowOutcome.Continue(input with
        {
            References = [.. input.References, .. finished.Select(page => page.Output)],
            Pages = [.. input.Pages.Skip(PagesAtOnce)],
            Status = status,
        });
    }

    private static async Task<WorkflowOutcome> PrepareAsync(IWorkflowContext context, WorkflowInput input)
    {
        var (campaign, status) = (input.Campaign, input.Status);
        context.SetStatus(status with { Stage = "tools" });
        var control = context.WaitForEventAsync(ControlEvent);
        var tools = await context.RunStepAsync(StepCall.Of(StepNames.ImportTools, campaign), RetryRule.Default);
        if (tools.Halted is not null)
        {
            return await WaitAsync(context, control, input, status, tools);
        }

        context.SetStatus(status = status.With("graphs", tools));
        var domains = await context.RunStepAsync(StepCall.Of(StepNames.FindDomains, campaign, tools.Output), RetryRule.Default);
        if (domains.Halted is not null)
        {
            return await WaitAsync(context, control, input, input.Status, domains);
        }

        status = status.With("domains", domains) with { Total = domains.Items.Count };
        context.SetStatus(status);
        return await ObeyAsync(context, control, status)
            ?? WorkflowOutcome.Continue(input with { References = [tools.Output, domains.Output], Pages = domains.Items, Status = status });
    }

    /// <summary>Obeys the control word that has come, if any; while paused it waits for the next one.</summary>
    /// <returns>The campaign's end if it is cancelled; null to go on.</returns>
    private static async Task<WorkflowOutcome?> ObeyAsync(IWorkflowContext context, Task<string> control, WorkflowStatus status)
    {
        if (!control.IsCompleted)
        {
            return null;
        }

        var word = await control;
        while (word == Pause)
        {
            context.SetStatus(status with { Stage = PausedStage });
            context.Log("paused; waiting for resume or cancel");
            word = await context.WaitForEventAsync(ControlEvent);
        }

        return word == Cancel ? End(context, status) : null;
    }

    /// <summary>Waits until what a step must wait for is seen to, then runs again what is not done.</summary>
    private static async Task<WorkflowOutcome> WaitAsync(IWorkflowContext context, Task<string> control, WorkflowInput input, WorkflowStatus status, StepResult halted)
    {
        context.SetStatus(status with { Stage = PausedStage, Reason = halted.Halted });
        context.Log($"paused: {halted.Halted}; waiting for resume or cancel");
        var word = await control;
        while (word == Pause)
        {
            word = await context.WaitForEventAsync(ControlEvent);
        }

        return word == Cancel ? End(context, status) : WorkflowOutcome.Continue(input with { Resumed = input.Resumed + 1, Status = status });
    }

    private static WorkflowOutcome End(IWorkflowContext context, WorkflowStatus status)
    {
        context.SetStatus(status with { Stage = "cancelled" });
        return WorkflowOutcome.Done(StepResult.Of(string.Empty));
    }
}
