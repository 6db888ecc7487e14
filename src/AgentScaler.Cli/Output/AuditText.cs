using System.Globalization;
using System.Text;
using AgentScaler.Environments.Audit;

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
