using System.Globalization;
using AgentScaler.Determinism;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Models;
using AgentScaler.Models.Structured;

namespace AgentScaler.Environments.Materialisation.Modelled;

/// <summary>
/// Has a model make an environment of a domain (paper: schema, then each tool as a program over it; pipeline.md, stage 3): schema, programs, rules of the policy, each asked for as
/// structured output, run and audited. Failing programs are asked for again with the audit's findings; one that never gets right gives way to the embedded one, if that passes on this
/// schema, and else leaves. Rows are made as without a model. What a person gives is not asked for.
/// </summary>
internal sealed class ModelledMaterialiser(EnvironmentSettings settings, EnvironmentEngine engine, RoleModel model, GivenParts? given)
{
    private readonly string name = model.Settings.Model;

    /// <summary>Makes the environment.</summary>
    /// <exception cref="ModelException">The endpoint gives no replies.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    /// <exception cref="PackageException">A given part does not fit the others.</exception>
    public async Task<ModelledEnvironment> MaterialiseAsync(Domain domain, Seed seed, CancellationToken cancellationToken)
    {
        var (schema, origin) = await SchemaAsync(domain, seed, cancellationToken);
        if (schema is null)
        {
            return new ModelledEnvironment(null, [], [], origin.Note);
        }

        var made = RowGenerator.Generate(schema, settings, seed.Child("state"));
        var rows = given is null ? made : GivenRows.Join(schema, made, given.Rows);
        var bare = new EnvironmentPackage
        {
            Id = domain.Id,
            Name = domain.Name,
            Now = settings.Now,
            Locales = settings.Locales,
            Schema = schema,
            Tools = [],
            Policy = given?.Policy ?? "",
            Intents = given?.Intents ?? [],
            State = rows,
        };
        var tools = domain.Tools.Where(tool => given?.Programs.ContainsKey(tool.Name) != true).Select(tool => new ModelledTool(SpecTidier.Tidy(tool))).ToList();
        var question = new ProgramQuestion(schema, rows);
        await AskAsync(question, tools, 0, cancellationToken);
        var repairs = 0;
        while (true)
        {
            Try(Package([.. tools.Select(tool => tool.Made).OfType<PackageTool>()]), tools);
            if (repairs == settings.RepairRounds || !tools.Any(tool => tool.IsOpen))
            {
                break;
            }

            await AskAsync(question, [.. tools.Where(tool => tool.IsOpen)], ++repairs, cancellationToken);
        }

        var choice = new ProgramChoice(name, tools, EmbeddedMaterialiser.ToolsOn(schema, [.. tools.Where(tool => tool.Findings.Count > 0).Select(tool => tool.Spec)]));
        choice.Settle(candidates => Trial.Of(engine, Package(candidates)));
        var package = Package(choice.Tools);
        var kept = package.Tools;
        if (choice.PassRate(kept.Count) < settings.MinimumPassRate || kept.Count < settings.MinimumTools)
        {
            var share = string.Create(CultureInfo.InvariantCulture, $"{kept.Count} of {domain.Tools.Count} tools work on the model's schema");
            return new ModelledEnvironment(null, choice.Rejected, [], share);
        }

        var origins = new List<PartOrigin> { origin };
        origins.AddRange(kept.Select(tool => choice.OriginOf(tool.Name) ?? new PartOrigin(PartOrigin.ProgramOf(tool.Name), PartMaker.Given)));
        if (given is { Policy: not null } or { Rules: not null })
        {
            package = given.Policy is null ? ModelledPolicy.With(package, package.Rules) : package;
            origins.Add(new PartOrigin(PartOrigin.Policy, PartMaker.Given));
        }
        else
        {
            (package, var policy) = await new ModelledPolicy(model, engine, settings.RepairRounds - repairs).WriteAsync(package, cancellationToken);
            origins.Add(policy);
        }

        return new ModelledEnvironment(package, choice.Rejected, origins, null);

        // The package of what was made and what is given.
        EnvironmentPackage Package(IReadOnlyList<PackageTool> made)
        {
            var all = given is null ? made : GivenTools.Keep(given, domain.Tools, schema, made);
            var names = all.Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
            return EmbeddedMaterialiser.WithId(bare with
            {
                Tools = [.. all.OrderBy(tool => tool.Name, StringComparer.Ordinal)],
                Rules = [.. (given?.Rules ?? []).Where(rule => rule.Tools.All(names.Contains))],
            });
        }
    }

    /// <summary>The package of some of its tools: those that fail after all leave, and rules that bind none of the others with them.</summary>
    public EnvironmentPackage Without(EnvironmentPackage package, IReadOnlyCollection<string> tools)
    {
        var kept = package with { Tools = [.. package.Tools.Where(tool => !tools.Contains(tool.Name))] };
        IReadOnlyList<PolicyRule> rules = [.. package.Rules.Select(rule => rule with { Tools = [.. rule.Tools.Where(tool => !tools.Contains(tool))] }).Where(rule => rule.Tools.Count > 0)];
        return given?.Policy is null ? ModelledPolicy.With(kept, rules) : EmbeddedMaterialiser.WithId(kept with { Rules = rules });
    }

    private async Task<(EnvironmentSchema? Schema, PartOrigin Origin)> SchemaAsync(Domain domain, Seed seed, CancellationToken cancellationToken)
    {
        if (given?.Schema is { } own)
        {
            return (own, new PartOrigin(PartOrigin.Schema, PartMaker.Given));
        }

        if (given?.FitOneSchema == true)
        {
            return (EmbeddedMaterialiser.SchemaOf(domain.Tools), new PartOrigin(PartOrigin.Schema, PartMaker.Embedded, Note: "given parts must fit it"));
        }

        var question = new SchemaQuestion(settings, seed.Child("state")).Ask([.. domain.Tools.Select(SpecTidier.Tidy)]);
        var reply = await model.AskOrRefusedAsync(question, cancellationToken);
        return reply.Value is { } answer
            ? (SchemaQuestion.Normal(answer), new PartOrigin(PartOrigin.Schema, PartMaker.Model, name, SchemaQuestion.Prompt.Id, 0))
            : (null, new PartOrigin(PartOrigin.Schema, PartMaker.Embedded, Note: "the model gives no schema: " + reply.Fault));
    }

    private async Task AskAsync(ProgramQuestion question, IReadOnlyList<ModelledTool> tools, int round, CancellationToken cancellationToken)
    {
        var replies = await Task.WhenAll(tools.Select(tool => model.AskOrRefusedAsync(question.Ask(tool.Spec, tool.Answer, tool.Findings) with { Trial = round }, cancellationToken)));
        foreach (var (tool, reply) in tools.Zip(replies))
        {
            tool.Take(reply, round);
        }
    }

    private void Try(EnvironmentPackage package, List<ModelledTool> tools)
    {
        if (package.Tools.Count == 0)
        {
            return;
        }

        var trial = Trial.Of(engine, package);
        foreach (var tool in tools.Where(tool => tool.Answer is not null))
        {
            tool.Findings = trial.Tools.GetValueOrDefault(tool.Spec.Name) ?? [];
        }
    }
}
