namespace AgentScaler.Workflow;

/// <summary>One page of domains: each becomes an environment, tasks, episodes and verdicts; a domain that fails on the way is a result, not a failure.</summary>
public sealed class DomainPageWorkflow : IWorkflow
{
    /// <summary>Its name on every host.</summary>
    public const string WorkflowName = "domain-page";

    /// <inheritdoc/>
    public string Name => WorkflowName;

    /// <inheritdoc/>
    public async Task<WorkflowOutcome> RunAsync(IWorkflowContext context, WorkflowInput input)
    {
        var page = await context.RunStepAsync(StepCall.Of(StepNames.ListDomains, input.Campaign, input.References), RetryRule.Default);
        var results = await Task.WhenAll(page.Items.Select(domain => RunDomainAsync(context, input.Campaign, domain)));
        if (results.FirstOrDefault(result => result.Halted is not null) is { } halted)
        {
            return WorkflowOutcome.Done(halted);
        }

        var collected = await context.RunStepAsync(
            StepCall.Of(StepNames.CollectPage, input.Campaign, [.. results.Select(result => result.Output)]), RetryRule.Default);
        return WorkflowOutcome.Done(collected);
    }

    /// <summary>Runs one domain to its verdicts, or to the step that rejected it, whose output then says why, or to one that must wait.</summary>
    private static async Task<StepResult> RunDomainAsync(IWorkflowContext context, string campaign, string domain)
    {
        var package = await context.RunStepAsync(StepCall.Of(StepNames.BuildEnvironment, campaign, domain), RetryRule.Default);
        if (package.Halted is not null || package.Items.Count == 0)
        {
            return package;
        }

        var tasks = await context.RunStepAsync(StepCall.Of(StepNames.BuildTasks, campaign, package.Output), RetryRule.Default);
        if (tasks.Halted is not null)
        {
            return tasks;
        }

        var episodes = await Task.WhenAll(tasks.Items.Select(shard => context.RunStepAsync(
            StepCall.Of(StepNames.RollOut, campaign, package.Output, shard), RetryRule.Default)));
        return episodes.FirstOrDefault(shard => shard.Halted is not null) ?? await context.RunStepAsync(
            StepCall.Of(StepNames.Judge, campaign, [package.Output, tasks.Output, .. episodes.Select(shard => shard.Output)]),
            RetryRule.Default);
    }
}
