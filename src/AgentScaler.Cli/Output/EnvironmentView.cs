using System.Globalization;
using System.Text;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Packages;
using AgentScaler.Json;

namespace AgentScaler.Cli.Output;

/// <summary>An environment as <c>env show</c> prints it: Markdown for people, the same content as JSON.</summary>
/// <param name="package">The environment.</param>
/// <param name="audit">Its stored audit, or null.</param>
/// <param name="rows">Rows to show of each collection.</param>
/// <param name="programs">The tools whose programs to show.</param>
internal sealed class EnvironmentView(EnvironmentPackage package, AuditReport? audit, int rows, IReadOnlyList<PackageTool> programs)
{
    private const int LongestRow = 600;

    /// <summary>The content as one JSON value.</summary>
    public object ToJson() => new
    {
        package.Id,
        package.Name,
        package.Now,
        package.Schema,
        Diagram = SchemaDiagram.Of(package.Schema),
        Tools = package.Tools.Select(tool => new PackageToolEntry(tool.Spec, tool.Writes, tool.Binding)),
        Rows = package.Schema.Collections.ToDictionary(collection => collection.Name, collection => package.State.Count(row => row.Collection == collection.Name)),
        SampleRows = package.Schema.Collections.SelectMany(RowsOf),
        Programs = programs.ToDictionary(tool => tool.Name, tool => tool.Program),
        package.Policy,
        Audit = audit,
    };

    /// <summary>The content as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {package.Name} ({package.Id})\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{package.Schema.Collections.Count} collections, {package.State.Count} rows, {package.Tools.Count} tools; the time is {package.Now:yyyy-MM-dd HH:mm} UTC\n\n");
        text.Append("## Schema\n\n```mermaid\n").Append(SchemaDiagram.Of(package.Schema)).Append("```\n\n## Tools\n\n| tool | operation | collection | parameters |\n|---|---|---|---|\n");
        foreach (var tool in package.Tools)
        {
            text.Append("| ").Append(tool.Name).Append(" | ").Append(tool.Writes ? "write: " : "read: ").Append(EnumWord.Of(tool.Binding.Kind))
                .Append(" | ").Append(tool.Binding.Collection).Append(" | ").AppendJoin(", ", ParametersOf(tool)).Append(" |\n");
        }

        text.Append("\n## Rows\n\n");
        foreach (var collection in package.Schema.Collections)
        {
            text.Append(CultureInfo.InvariantCulture, $"{collection.Name}, {package.State.Count(row => row.Collection == collection.Name)} rows:\n\n```json\n");
            foreach (var row in RowsOf(collection))
            {
                var line = CanonicalJson.Write(row.Row);
                text.Append(line.Length > LongestRow ? line[..LongestRow] + " ..." : line).Append('\n');
            }

            text.Append("```\n\n");
        }

        foreach (var tool in programs)
        {
            text.Append("## Program of ").Append(tool.Name).Append("\n\n```js\n").Append(tool.Program.TrimEnd()).Append("\n```\n\n");
        }

        text.Append("## Policy\n\n").Append(string.Join('\n', package.Policy.TrimEnd().Split('\n').Select(line => "> " + line))).Append("\n\n## Audit\n\n");
        return text.Append(audit is null ? "not audited yet: `env audit` does\n" : AuditText.Of(audit)).ToString().TrimEnd();
    }

    private IEnumerable<RowData> RowsOf(CollectionSpec collection) => package.State.Where(row => row.Collection == collection.Name).Take(rows);

    private static IEnumerable<string> ParametersOf(PackageTool tool)
    {
        var required = tool.Required;
        return tool.Spec.Parameters.TryGetProperty("properties", out var properties)
            ? properties.EnumerateObject().Select(property => required.Contains(property.Name) ? property.Name : property.Name + "?")
            : [];
    }
}
