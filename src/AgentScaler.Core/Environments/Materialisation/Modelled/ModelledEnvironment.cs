using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>What a model's materialisation gave.</summary>
/// <param name="Package">The package; null if there is none that could be kept.</param>
/// <param name="Rejected">Tools that left, each with its reason.</param>
/// <param name="Origins">Who made which part.</param>
/// <param name="Note">Why there is no package; null if there is one.</param>
internal sealed record ModelledEnvironment(EnvironmentPackage? Package, IReadOnlyList<ToolRejection> Rejected, IReadOnlyList<PartOrigin> Origins, string? Note);
