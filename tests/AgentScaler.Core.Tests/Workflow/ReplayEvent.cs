namespace AgentScaler.Core.Tests.Workflow;

/// <summary>An event for the workflow under test.</summary>
/// <param name="Generation">Raised as soon as this generation (from 0) has started; null: raised when nothing else is left to happen.</param>
internal sealed record ReplayEvent(string Name, string Payload, int? Generation);
