using AgentScaler.Workflow;

namespace AgentScaler.Functions.Tests;

/// <summary>Lets a workflow fail at the first fault of a step, so that no test waits for its retries.</summary>
internal sealed class ImpatientWorkflow(IWorkflow workflow) : IWorkflow
{
    public string Name => workflow.Name;

    public Task<WorkflowOutcome> RunAsync(IWorkflowContext context, WorkflowInput input) => workflow.RunAsync(new Context(context), input);

    private sealed class Context(IWorkflowContext inner) : IWorkflowContext
    {
        public string InstanceId => inner.InstanceId;

        public DateTimeOffset CurrentTime => inner.CurrentTime;

        public Task<StepResult> RunStepAsync(StepCall call, RetryRule retry) => inner.RunStepAsync(call, retry with { Attempts = 1 });

        public Task<StepResult> RunChildAsync(string workflow, string instanceId, WorkflowInput input) => inner.RunChildAsync(workflow, instanceId, input);

        public Task WaitUntilAsync(DateTimeOffset time) => inner.WaitUntilAsync(time);

        public Task<string> WaitForEventAsync(string name) => inner.WaitForEventAsync(name);

        public void SetStatus(WorkflowStatus status) => inner.SetStatus(status);

        public void Log(string message) => inner.Log(message);
    }
}
