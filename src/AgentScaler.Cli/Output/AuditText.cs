using System.Globalization;
using System.Text;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Policy;

namespace AgentScaler.Cli.Output;

/// <summary>An audit in a few lines.</summary>
internal static class AuditText
{
    /// <summary>Writes how many tools passed, and what is wrong with the others.</summary>
    public static string Of(AuditReport audit)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{audit.Tools.Count(tool => tool.Passed)} of {audit.Tools.Count} tools pass, by {audit.Tools.Sum(tool => tool.Calls)} calls\n");
        if (audit.Mutation is { Made: > 0 } mutation)
        {
            text.Append(CultureInfo.InvariantCulture, $"{mutation.Noticed} of {mutation.Made} mutants of the programs noticed: mutation score {mutation.Score:0.00}\n");
        }

        var rules = audit.Tools.SelectMany(tool => tool.Rules.Select(rule => (tool.Tool, Rule: rule))).ToList();
        if (rules.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rules.Count(rule => rule.Rule.Verdict == RuleVerdict.Enforced)} of {rules.Count} rules of the policy are kept, tool by tool; {rules.Count(rule => rule.Rule.Verdict == RuleVerdict.NotExercised)} were not exercised\n");
            foreach (var (tool, rule) in rules.Where(rule => rule.Rule.Verdict == RuleVerdict.NotExercised))
            {
                text.Append("- not exercised: ").Append(tool).Append(": \"").Append(rule.Rule).Append("\": ").Append(rule.Note).Append('\n');
            }
        }

        if (audit.Origins is { } origins)
        {
            // Parts of one origin stand together: a domain has twenty programs, and most have the same.
            foreach (var origin in origins.GroupBy(origin => origin.Text))
            {
                text.Append("- made by ").Append(origin.Key).Append(": ").AppendJoin(", ", origin.Select(part => part.Part)).Append('\n');
            }
        }

        foreach (var tool in audit.Tools.Where(tool => !tool.Passed))
        {
            foreach (var finding in tool.Findings)
            {
                text.Append("- ").Append(tool.Tool).Append(": ").Append(finding.Reason).Append(": ").Append(finding.Detail).Append('\n');
            }
        }

        return text.ToString();
    }
}
