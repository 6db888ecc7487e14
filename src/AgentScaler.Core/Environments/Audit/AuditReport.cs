using AgentScaler.Environments.Audit.Mutation;

namespace AgentScaler.Environments.Audit;

/// <summary>The audit of an environment (pipeline.md, stage 3): <c>audit.json</c>.</summary>
/// <param name="Tools">One per tool, sorted by name.</param>
public sealed record AuditReport(IReadOnlyList<ToolAudit> Tools)
{
    /// <summary>How well the audit notices changed programs; null if that was not measured.</summary>
    public MutationReport? Mutation { get; init; }

    /// <summary>Who made which part of the environment; null where no model was asked.</summary>
    public IReadOnlyList<PartOrigin>? Origins { get; init; }

    /// <summary>Share of tools that passed, 0-1.</summary>
    public double PassRate => Tools.Count == 0 ? 0 : Math.Round((double)Tools.Count(tool => tool.Passed) / Tools.Count, 4);
}
