using AgentScaler.Workflow;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace AgentScaler.Functions;

/// <summary>The one orchestrator: runs the workflow that its input names, also as a child of another.</summary>
/// <param name="workflows">All workflows of this app.</param>
public sealed class WorkflowFunction(IEnumerable<IWorkflow> workflows)
{
    /// <summary>The orchestrator's name.</summary>
    public const string Name = "workflow";

    /// <summary>Runs one generation of an instance.</summary>
    /// <param name="call">The instance's input.</param>
    /// <returns>The workflow's result, or null if it continues as new.</returns>
    /// <exception cref="InvalidOperationException">No such workflow.</exception>
    [Function(Name)]
    public async Task<StepResult?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, WorkflowCall call)
    {
        var workflow = workflows.FirstOrDefault(candidate => candidate.Name == call.Workflow)
            ?? throw new InvalidOperationException(
                $"there is no workflow '{call.Workflow}'; the workflows here are {string.Join(", ", workflows.Select(candidate => candidate.Name))}");
        var outcome = await workflow.RunAsync(new DurableWorkflowContext(context), call.Input);
        if (outcome.Next is { } next)
        {
            context.ContinueAsNew(call with { Input = next }, preserveUnprocessedEvents: true);
            return null;
        }

        return outcome.Result
            ?? throw new InvalidOperationException($"workflow '{call.Workflow}' ended with neither a result nor an input to continue with");
    }
}
