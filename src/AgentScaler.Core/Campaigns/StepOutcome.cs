using AgentScaler.Workflow;

namespace AgentScaler.Campaigns;

/// <summary>A step's result and where it came from.</summary>
/// <param name="FromStore">True if the step had been done before, in this run or an earlier one, and was not run again.</param>
public sealed record StepOutcome(StepResult Result, bool FromStore);
