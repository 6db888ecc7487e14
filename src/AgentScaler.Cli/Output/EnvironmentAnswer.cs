using AgentScaler.Environments.Audit;

namespace AgentScaler.Cli.Output;

/// <summary>The audit of one environment as <c>env audit</c> answers it: without the single calls.</summary>
internal sealed record EnvironmentAnswer(string Environment, string Name, AuditReport Audit);
