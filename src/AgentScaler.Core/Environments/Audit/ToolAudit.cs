using AgentScaler.Environments.Audit.Policy;

namespace AgentScaler.Environments.Audit;

/// <summary>What the audit found of one tool.</summary>
/// <param name="Calls">Calls made.</param>
/// <param name="Findings">What is wrong, each kind once; empty if it passed. Each a reason code and a line for a person.</param>
public sealed record ToolAudit(string Tool, int Calls, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>The calls that reached the program, in the order they were made.</summary>
    public IReadOnlyList<AuditTrial> Trials { get; init; } = [];

    /// <summary>The rules of the policy that bind the tool, each with the calls that show whether its program keeps it.</summary>
    public IReadOnlyList<RuleTrial> Rules { get; init; } = [];

    /// <summary>Whether nothing is wrong.</summary>
    public bool Passed => Findings.Count == 0;
}
