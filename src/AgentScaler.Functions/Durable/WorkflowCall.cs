using AgentScaler.Workflow;

namespace AgentScaler.Functions;

/// <summary>The input of <see cref="WorkflowFunction"/>: which workflow, and what that works on.</summary>
/// <param name="Workflow">The workflow's name.</param>
public sealed record WorkflowCall(string Workflow, WorkflowInput Input);
