using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Policy;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>What running a package finds wrong with it, by tool, and the rules that its programs do not keep.</summary>
/// <param name="Tools">Tool to findings, sorted; only tools with any.</param>
/// <param name="Rules">Findings on rules, with the rule's sentence.</param>
internal sealed record Trial(SortedDictionary<string, IReadOnlyList<AuditFinding>> Tools, IReadOnlyList<(string Rule, AuditFinding Finding)> Rules)
{
    private const string Unenforced = "audit.policy-unenforced";

    /// <summary>Audits a package and tries its bindings.</summary>
    /// <exception cref="PackageException">The package can't be loaded at all.</exception>
    public static Trial Of(EnvironmentEngine engine, EnvironmentPackage package)
    {
        var report = new EnvironmentAudit(engine).Run(package);
        var trials = new BindingTrials(engine, LoadedEnvironment.Load(package));
        var tools = new SortedDictionary<string, IReadOnlyList<AuditFinding>>(StringComparer.Ordinal);
        var rules = new List<(string, AuditFinding)>();
        foreach (var audit in report.Tools)
        {
            rules.AddRange(audit.Rules.Where(rule => rule.Verdict == RuleVerdict.Unenforced).Select(rule => (rule.Rule, new AuditFinding(Unenforced, $"{audit.Tool}: {rule.Note}, against \"{rule.Rule}\""))));
            var findings = audit.Findings.Where(finding => finding.Reason != Unenforced).ToList();
            if (findings.Count == 0 && Bound(trials, package.Tools.First(tool => tool.Name == audit.Tool)) is { } untrue)
            {
                findings.Add(untrue);
            }

            if (findings.Count > 0)
            {
                tools[audit.Tool] = findings;
            }
        }

        return new Trial(tools, rules);
    }

    private static AuditFinding? Bound(BindingTrials trials, PackageTool tool)
    {
        try
        {
            return FreshAttempts.Run(() => trials.Try(tool));
        }
        catch (EpisodeAbortedException e)
        {
            return new AuditFinding("audit.limit", e.Message);
        }
    }
}
