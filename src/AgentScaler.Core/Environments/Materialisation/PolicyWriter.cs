using System.Globalization;
using System.Text;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Writes the policy an agent works under: what exists, its rules, how to behave.</summary>
internal static class PolicyWriter
{
    /// <summary>Writes the policy as Markdown.</summary>
    public static string Write(string name, DateTimeOffset now, EnvironmentSchema schema, IReadOnlyList<PolicyRule> rules)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Policy: {name.Replace('-', ' ')}\n\n");
        text.Append("You help users through the tools you are given. The current time is ").Append(now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)).Append(" UTC.\n\n## What there is\n");
        foreach (var collection in schema.Collections)
        {
            text.Append("- **").Append(collection.Name.Replace('_', ' ')).Append("**, each known by its `").Append(collection.Key).Append('`');
            foreach (var field in collection.Fields.Where(field => field.References is not null))
            {
                text.Append("; `").Append(field.Name).Append("` refers to ").Append(field.References!.Replace('_', ' '));
            }

            text.Append('\n');
        }

        text.Append("\n## Rules\n");
        foreach (var sentence in rules.Select(rule => rule.Text).Distinct(StringComparer.Ordinal))
        {
            text.Append("- ").Append(sentence).Append('\n');
        }

        text.Append("- Change only what the user asks for, and only once.\n");
        text.Append("- Look up identifiers instead of guessing them.\n");
        text.Append("- When a tool answers with an error, tell the user or correct the call; never invent a result.\n");
        return text.ToString();
    }
}
