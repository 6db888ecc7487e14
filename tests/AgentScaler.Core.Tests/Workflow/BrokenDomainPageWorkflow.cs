using System.Globalization;
using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>A copy of <see cref="DomainPageWorkflow"/> with one flaw.</summary>
internal sealed class BrokenDomainPageWorkflow(Flaw flaw) : IWorkflow
{
    private int runs;

    public string Name => DomainPageWorkflow.WorkflowName;

    public async Task<WorkflowOutcome> RunAsync(IWorkflowContext context, WorkflowInput input)
    {
        var page = await context.RunStepAsync(StepCall.Of(StepNames.ListDomains, input.Campaign, input.References), RetryRule.Default);
        if (flaw == Flaw.InstanceState)
        {
            context.SetStatus(WorkflowStatus.Initial with { Done = ++runs });
        }

        var arrived = new List<StepResult>();
        var results = await Task.WhenAll(page.Items.Select(async domain =>
        {
            var result = await RunDomainAsync(context, input.Campaign, domain);
            arrived.Add(result);
            return result;
        }));
        List<string> collected = [.. (flaw == Flaw.UnorderedFanIn ? [.. arrived] : results).Select(result => result.Output)];
        if (flaw == Flaw.AmbientClock)
        {
            collected.Add(DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture));
        }

        var sum = await context.RunStepAsync(StepCall.Of(StepNames.CollectPage, input.Campaign, collected), RetryRule.Default);
        if (flaw == Flaw.AmbientLog)
        {
            context.Log("page done at " + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture));
        }

        return WorkflowOutcome.Done(sum);
    }

    private async Task<StepResult> RunDomainAsync(IWorkflowContext context, string campaign, string domain)
    {
        var package = await Awaited(context.RunStepAsync(StepCall.Of(StepNames.BuildEnvironment, campaign, domain), RetryRule.Default));
        if (package.Items.Count == 0)
        {
            return package;
        }

        var tasks = await context.RunStepAsync(StepCall.Of(StepNames.BuildTasks, campaign, package.Output), RetryRule.Default);
        if (flaw == Flaw.AbandonedStep)
        {
            _ = context.RunStepAsync(StepCall.Of(StepNames.RollOut, campaign, tasks.Output), RetryRule.Default);
        }

        var episodes = await Task.WhenAll(tasks.Items.Select(shard => context.RunStepAsync(
            StepCall.Of(StepNames.RollOut, campaign, package.Output, shard), RetryRule.Default)));
        return await context.RunStepAsync(
            StepCall.Of(StepNames.Judge, campaign, [package.Output, tasks.Output, .. episodes.Select(shard => shard.Output)]),
            RetryRule.Default);
    }

    private async Task<StepResult> Awaited(Task<StepResult> step)
    {
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
                return await step.ConfigureAwait(false);
        }

        return await step;
    }
}
