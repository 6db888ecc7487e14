using System.Text;
using System.Text.RegularExpressions;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Given;

/// <summary>The tools of a package of which some parts are given.</summary>
public static partial class GivenTools
{
    /// <summary>The specifications that the parts hold: as they are where a package lists them, else read and screened like any catalogue.</summary>
    /// <param name="report">What became of the catalogue; null if there was none to read.</param>
    public static IReadOnlyList<ToolSpec> Specs(GivenParts given, ToolSettings settings, out ImportReport? report)
    {
        report = null;
        if (given.Catalogue is not { } catalogue)
        {
            return [.. (given.Tools ?? []).Select(tool => tool.Spec)];
        }

        var outcome = CatalogueImporter.Import([CatalogueDocument.Of(Encoding.UTF8.GetBytes(catalogue.Value), catalogue.Key)], settings with { RequireReturns = false });
        report = outcome.Report;
        return outcome.Tools;
    }

    /// <summary>Puts what is given of each tool in the place of what was made: specification, program, binding.</summary>
    /// <param name="specs">The tools of the domain.</param>
    /// <param name="made">The tools that could be made.</param>
    /// <exception cref="PackageException">A program is of no tool, or uses no collection.</exception>
    internal static List<PackageTool> Keep(GivenParts given, IReadOnlyList<ToolSpec> specs, EnvironmentSchema schema, IReadOnlyList<PackageTool> made)
    {
        foreach (var name in given.Programs.Keys.Where(name => specs.All(spec => spec.Name != name)))
        {
            throw new PackageException(PackageFiles.Program(name), "whole file", $"there is no tool '{name}'; the tools are {string.Join(", ", specs.Select(spec => spec.Name))}");
        }

        var tools = new List<PackageTool>();
        foreach (var spec in specs)
        {
            var tool = made.FirstOrDefault(tool => tool.Name == spec.Name);
            var entry = given.Tools?.FirstOrDefault(tool => tool.Spec.Name == spec.Name);
            var program = given.Programs.GetValueOrDefault(spec.Name);
            if ((program ?? tool?.Program) is { } text)
            {
                tools.Add(new PackageTool(
                    entry?.Spec ?? tool?.Spec ?? SpecTidier.Tidy(spec),
                    entry?.Writes ?? tool?.Writes ?? Writing().IsMatch(text),
                    text,
                    entry?.Binding ?? tool?.Binding ?? Unread(spec.Name, text, schema)));
            }
        }

        return tools;
    }

    /// <summary>The binding of a tool that only its program understands: the first collection that the program names.</summary>
    private static ToolBinding Unread(string tool, string program, EnvironmentSchema schema) => new()
    {
        Kind = OperationKind.Other,
        Collection = Collections().Matches(program).Select(match => match.Groups[1].Value).FirstOrDefault(name => schema.Find(name) is not null)
            ?? throw new PackageException(
                PackageFiles.Program(tool), "whole file", $"expected it to use a collection of the schema (db.NAME), which has {string.Join(", ", schema.Collections.Select(collection => collection.Name))}"),
    };

    [GeneratedRegex(@"\.(insert|update|delete)\s*\(")]
    private static partial Regex Writing();

    [GeneratedRegex(@"\bdb\.([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Collections();
}
