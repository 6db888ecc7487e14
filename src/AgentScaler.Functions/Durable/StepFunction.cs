using AgentScaler.Campaigns;
using AgentScaler.Workflow;
using Microsoft.Azure.Functions.Worker;

namespace AgentScaler.Functions;

/// <summary>The one activity: runs any step. A step stores its result before it answers, so running it twice is harmless.</summary>
public sealed class StepFunction(StepRunner runner)
{
    /// <summary>The activity's name.</summary>
    public const string Name = "step";

    /// <summary>Runs a step, or reads its result if it was done before.</summary>
    [Function(Name)]
    public Task<StepResult> RunAsync([ActivityTrigger] StepCall call, CancellationToken cancellationToken) =>
        runner.RunAsync(call, cancellationToken);
}
