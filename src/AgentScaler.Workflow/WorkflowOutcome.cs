namespace AgentScaler.Workflow;

/// <summary>How a workflow's run ends: with a result, or as itself again with a new input (its history starts afresh).</summary>
/// <param name="Result">The result, or null.</param>
/// <param name="Next">The input to continue with, or null.</param>
public sealed record WorkflowOutcome(StepResult? Result, WorkflowInput? Next)
{
    /// <summary>The workflow is done.</summary>
    public static WorkflowOutcome Done(StepResult result) => new(result, null);

    /// <summary>The workflow continues as new.</summary>
    public static WorkflowOutcome Continue(WorkflowInput next) => new(null, next);
}
