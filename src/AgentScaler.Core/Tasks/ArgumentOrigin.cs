namespace AgentScaler.Tasks;

/// <summary>The provenance of one argument (pipeline.md, stage 4).</summary>
/// <param name="Parameter">The argument's name.</param>
/// <param name="Step">For <see cref="OriginKind.Output"/> and <see cref="OriginKind.State"/>: the 0-based gold step that gives it; otherwise null.</param>
/// <param name="Path">For the same two: dotted path in that step's result, array positions as numbers (<c>items.0.id</c>); otherwise null.</param>
public sealed record ArgumentOrigin(string Parameter, OriginKind Kind, int? Step = null, string? Path = null);
