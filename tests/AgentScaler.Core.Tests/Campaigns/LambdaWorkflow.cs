using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>A workflow given by a function.</summary>
internal sealed class LambdaWorkflow(string name, Func<IWorkflowContext, WorkflowInput, Task<WorkflowOutcome>> run) : IWorkflow
{
    public string Name => name;

    public Task<WorkflowOutcome> RunAsync(IWorkflowContext context, WorkflowInput input) => run(context, input);
}
