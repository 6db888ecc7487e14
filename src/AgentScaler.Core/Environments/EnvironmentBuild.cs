using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments;

/// <summary>What building an environment gave.</summary>
/// <param name="Package">The package; null if rejected.</param>
/// <param name="Audit">The last audit; null if there was nothing to audit.</param>
public sealed record EnvironmentBuild(EnvironmentOutcome Outcome, EnvironmentPackage? Package, AuditReport? Audit);
