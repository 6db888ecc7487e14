using System.Globalization;
using System.Text;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Environments.Materialisation;

/// <summary>Writes the policy an agent works under: what exists, what the programs enforce, how to behave.</summary>
internal static class PolicyWriter
{
    /// <summary>Writes the policy as Markdown.</summary>
    public static string Write(string name, DateTimeOffset now, EnvironmentSchema schema, IReadOnlyList<PackageTool> tools)
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
        foreach (var tool in tools.Where(tool => tool.Binding.Status is not null))
        {
            var entity = schema.Find(tool.Binding.Collection)!.Entity.Replace('_', ' ');
            text.Append("- To ").Append(tool.Name.Replace('_', ' ')).Append(", the ").Append(entity).Append(" must be ")
                .AppendJoin(" or ", tool.Binding.Status!.From).Append("; it is then ").Append(tool.Binding.Status.To).Append(".\n");
        }

        foreach (var tool in tools.Where(tool => tool.Binding.Kind == OperationKind.Delete))
        {
            var holders = schema.Collections.Where(other => other.Fields.Any(field => field.References == tool.Binding.Collection)).Select(other => other.Name.Replace('_', ' ')).ToList();
            if (holders.Count > 0)
            {
                text.Append("- ").Append(char.ToUpperInvariant(tool.Binding.Collection[0])).Append(tool.Binding.Collection.Replace('_', ' ').AsSpan(1))
                    .Append(" that ").AppendJoin(" or ", holders).Append(" refer to can't be deleted.\n");
            }
        }

        text.Append("- Change only what the user asks for, and only once.\n");
        text.Append("- Look up identifiers instead of guessing them.\n");
        text.Append("- When a tool answers with an error, tell the user or correct the call; never invent a result.\n");
        return text.ToString();
    }
}
