using AgentScaler.Determinism;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Json;
using AgentScaler.Tools;

namespace AgentScaler.Environments.Materialisation;

/// <summary>
/// Makes an environment from a domain without any model (pipeline.md, stage 3): operations from methods, paths and names, one schema for
/// all tools, a program for each, seeded rows, a policy. What it can't read leaves with a reason.
/// </summary>
/// <param name="given">Parts that a person gives; they are kept, and what is made fits them.</param>
public sealed class EmbeddedMaterialiser(EnvironmentSettings settings, GivenParts? given = null)
{
    /// <summary>Makes the package of a domain; null if fewer tools than the settings ask for can be materialised.</summary>
    /// <param name="rejected">The tools without a program, each with a reason.</param>
    public EnvironmentPackage? Materialise(Domain domain, Seed seed, out IReadOnlyList<ToolRejection> rejected)
    {
        var without = new List<ToolRejection>();
        var drafts = Drafts(domain.Tools, without);
        var vendors = new Vendors(drafts);
        var schema = given?.Schema ?? new SchemaBuilder(drafts, vendors).Build();
        var tools = Tools(drafts, new ProgramWriter(schema, vendors), without);
        if (given is not null)
        {
            tools = GivenTools.Keep(given, domain.Tools, schema, tools);
            without.RemoveAll(tool => tools.Any(kept => kept.Name == tool.Tool));
        }

        rejected = [.. without.OrderBy(tool => tool.Tool, StringComparer.Ordinal)];
        return tools.Count < settings.MinimumTools ? null : Package(domain, Prune(schema, tools), tools, seed);
    }

    /// <summary>The schema that the tools of a domain give.</summary>
    internal static EnvironmentSchema SchemaOf(IReadOnlyList<ToolSpec> tools)
    {
        var drafts = Drafts(tools, []);
        return new SchemaBuilder(drafts, new Vendors(drafts)).Build();
    }

    /// <summary>The tools that can be made on a schema, whoever made that.</summary>
    internal static IReadOnlyList<PackageTool> ToolsOn(EnvironmentSchema schema, IReadOnlyList<ToolSpec> tools)
    {
        var drafts = Drafts(tools, []);
        return Tools(drafts, new ProgramWriter(schema, new Vendors(drafts)), []);
    }

    /// <summary>The package of some of its tools: those that failed the audit leave, and collections that nobody uses with them.</summary>
    public EnvironmentPackage Without(EnvironmentPackage package, IReadOnlyCollection<string> tools)
    {
        var kept = package.Tools.Where(tool => !tools.Contains(tool.Name)).ToList();
        var schema = Prune(package.Schema, kept);
        var rules = RulesOf(schema, kept);
        return WithId(package with
        {
            Tools = kept,
            Schema = schema,
            Policy = given?.Policy ?? PolicyWriter.Write(package.Name, package.Now, schema, rules),
            Rules = rules,
            State = [.. package.State.Where(row => schema.Find(row.Collection) is not null)],
        });
    }

    private static List<ToolDraft> Drafts(IReadOnlyList<ToolSpec> tools, List<ToolRejection> without)
    {
        var drafts = new List<ToolDraft>();
        foreach (var tool in tools)
        {
            var spec = SpecTidier.Tidy(tool);
            if (OperationReader.Read(spec, out var reason) is { } operation)
            {
                var many = operation.Kind is OperationKind.List or OperationKind.Search;
                drafts.Add(new ToolDraft(spec, operation, ResultReader.Read(spec.Returns, operation.Entity, many, writes: !many && operation.Kind != OperationKind.Get)));
            }
            else
            {
                without.Add(new ToolRejection(tool.Name, "operation.unknown", reason!));
            }
        }

        return drafts;
    }

    private static List<PackageTool> Tools(List<ToolDraft> drafts, ProgramWriter writer, List<ToolRejection> without)
    {
        var tools = new List<PackageTool>();
        foreach (var draft in drafts)
        {
            if (writer.Write(draft, out var reason) is { } tool)
            {
                tools.Add(tool);
            }
            else
            {
                without.Add(new ToolRejection(draft.Tool.Name, "program.none", reason!));
            }
        }

        return tools;
    }

    private EnvironmentPackage Package(Domain domain, EnvironmentSchema schema, List<PackageTool> tools, Seed seed)
    {
        var sorted = tools.OrderBy(tool => tool.Name, StringComparer.Ordinal).ToList();
        var rules = RulesOf(schema, sorted);
        var state = RowGenerator.Generate(schema, settings, seed.Child("state"));
        return WithId(new EnvironmentPackage
        {
            Id = domain.Id,
            Name = domain.Name,
            Now = settings.Now,
            Locales = settings.Locales,
            Schema = schema,
            Tools = sorted,
            Policy = given?.Policy ?? PolicyWriter.Write(domain.Name, settings.Now, schema, rules),
            Rules = rules,
            Intents = given?.Intents ?? [],
            State = given is null ? state : GivenRows.Join(schema, state, given.Rows),
        });
    }

    /// <summary>The rules that are given, of tools that are there; without any, those that the made policy is written from.</summary>
    private IReadOnlyList<PolicyRule> RulesOf(EnvironmentSchema schema, IReadOnlyList<PackageTool> tools)
    {
        if (given is null or { Policy: null, Rules: null })
        {
            // What a given program enforces only its author knows.
            return PolicyRules.Derive(schema, [.. tools.Where(tool => given?.Programs.ContainsKey(tool.Name) != true)]);
        }

        var names = tools.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        return [.. (given.Rules ?? []).Where(rule => rule.Tools.All(names.Contains))];
    }

    /// <summary>Keeps the collections that some tool uses, those that they refer to, and those that keep a row from being deleted.</summary>
    private EnvironmentSchema Prune(EnvironmentSchema schema, IReadOnlyList<PackageTool> tools)
    {
        if (given is { Schema: not null } or { Programs.Count: > 0 })
        {
            // A schema that is given stays, and what a given program reads only the program knows.
            return schema;
        }

        var used = new SortedSet<string>(tools.Select(tool => tool.Binding.Collection), StringComparer.Ordinal);
        used.UnionWith(given?.Rows.Keys.Where(name => schema.Find(name) is not null) ?? []);
        foreach (var deleted in tools.Where(tool => tool.Binding.Kind == OperationKind.Delete).Select(tool => tool.Binding.Collection))
        {
            used.UnionWith(schema.Collections.Where(other => other.Fields.Any(field => field.References == deleted)).Select(other => other.Name));
        }

        var open = new Queue<string>(used);
        while (open.TryDequeue(out var name))
        {
            foreach (var target in schema.Find(name)!.Fields.Select(field => field.References).OfType<string>().Where(used.Add))
            {
                open.Enqueue(target);
            }
        }

        return new EnvironmentSchema([.. schema.Collections.Where(collection => used.Contains(collection.Name))]);
    }

    /// <summary>The package with the id that its content gives.</summary>
    internal static EnvironmentPackage WithId(EnvironmentPackage package) =>
        package with { Id = ContentId.Of("env", CanonicalJson.Serialize(package with { Id = "" })) };
}
