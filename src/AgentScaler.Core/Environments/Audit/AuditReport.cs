namespace AgentScaler.Environments.Audit;

/// <summary>The audit of an environment (pipeline.md, stage 3).</summary>
/// <param name="Tools">One per tool, sorted by name.</param>
public sealed record AuditReport(IReadOnlyList<ToolAudit> Tools)
{
    /// <summary>Share of tools that passed, 0-1.</summary>
    public double PassRate => Tools.Count == 0 ? 0 : Math.Round((double)Tools.Count(tool => tool.Passed) / Tools.Count, 4);
}
