using AgentScaler.Campaigns;
using AgentScaler.Workflow;

namespace AgentScaler.Functions.Tests;

/// <summary>The steps of a campaign of six pages that stops before it sums up a page, until it is let go.</summary>
internal sealed class HeldSteps
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SampleSteps steps;

    public HeldSteps()
    {
        steps = new SampleSteps(pages: 6)
        {
            Before = (step, _) =>
            {
                reached.TrySetResult();
                return step == StepNames.CollectPage.Name ? open.Task : Task.CompletedTask;
            },
        };
        All = steps.Create();
    }

    public IReadOnlyList<IStep> All { get; }

    /// <summary>Names of the steps that were run.</summary>
    public IReadOnlyList<string> Started => steps.Started;

    /// <summary>Starts the campaign <c>one</c> and waits until a step of it runs.</summary>
    public async Task BeginAsync(DurableHost host, string campaign)
    {
        await host.ScheduleAsync(CampaignWorkflow.WorkflowName, "campaign-one", WorkflowInput.Start(campaign));
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Lets it go on.</summary>
    public void Release() => open.SetResult();
}
