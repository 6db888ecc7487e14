namespace AgentScaler.Workflow;

/// <summary>The machinery under a step failed at every attempt (store, network, disk); the campaign stops and can be resumed.</summary>
public sealed class StepFailedException(string step, string reason, Exception? inner = null)
    : Exception($"step {step}: {reason}", inner);
