namespace AgentScaler.Workflow;

/// <summary>A workflow, written once and run by any host. It awaits nothing but what its context gives.</summary>
public interface IWorkflow
{
    /// <summary>Its name on every host.</summary>
    string Name { get; }

    /// <summary>Runs it to its end or to its next <see cref="WorkflowOutcome.Continue"/>.</summary>
    Task<WorkflowOutcome> RunAsync(IWorkflowContext context, WorkflowInput input);
}
