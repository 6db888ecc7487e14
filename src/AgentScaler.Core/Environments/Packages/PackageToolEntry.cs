using AgentScaler.Tools;

namespace AgentScaler.Environments.Packages;

/// <summary>A tool as <c>tools.json</c> lists it; its program is a file of its own.</summary>
/// <param name="Spec">What the agent sees.</param>
/// <param name="Writes">Whether it is declared to write.</param>
/// <param name="Binding">How it maps to its collection.</param>
public sealed record PackageToolEntry(ToolSpec Spec, bool Writes, ToolBinding Binding);
