using AgentScaler.Workflow;

namespace AgentScaler.Core.Tests.Workflow;

/// <summary>What a workflow asked for with <see cref="IWorkflowContext.RunStepAsync"/>.</summary>
internal sealed record StepRequest(StepCall Call, RetryRule Retry);

/// <summary>What a workflow asked for with <see cref="IWorkflowContext.RunChildAsync"/>.</summary>
internal sealed record ChildRequest(string Workflow, string InstanceId, WorkflowInput Input);
