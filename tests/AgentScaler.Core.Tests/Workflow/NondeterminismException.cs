namespace AgentScaler.Core.Tests.Workflow;

/// <summary>A workflow did what it could not do again from its history.</summary>
public sealed class NondeterminismException(string message) : Exception(message);
