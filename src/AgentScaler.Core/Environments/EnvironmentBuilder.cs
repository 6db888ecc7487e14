using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Materialisation.Modelled;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Models;

namespace AgentScaler.Environments;

/// <summary>Stage 3 as a function: domain in, audited environment or reasons out.</summary>
public sealed class EnvironmentBuilder(EnvironmentSettings settings, EnvironmentEngine engine)
{
    /// <summary>Materialises and audits a domain; tools that fail leave, and the rest is audited again. A domain that can't be built is rejected, never an exception.</summary>
    /// <param name="given">Parts that a person gives, or null.</param>
    /// <exception cref="PackageException">A given part is broken, or does not fit the others.</exception>
    public EnvironmentBuild Build(Domain domain, Seed seed, GivenParts? given = null)
    {
        try
        {
            return Make(domain, seed, given);
        }
        catch (PackageException) when (given is not null)
        {
            throw;
        }
        catch (Exception e) when (IsOfTheDomain(e))
        {
            return Rejected(domain, "environment.fault", [.. domain.Tools.Select(tool => new ToolRejection(tool.Name, "environment.fault", e.Message))], null);
        }
    }

    /// <summary>
    /// The same where a model may write schema, programs and policy; who made which part is in the outcome and the audit. What a model does not get right is made as without one, if
    /// need be the whole domain.
    /// </summary>
    /// <param name="builder">The model, or null for none: then the result is that of <see cref="Build"/>.</param>
    /// <exception cref="PackageException">A given part is broken, or does not fit the others.</exception>
    /// <exception cref="ModelException">The endpoint gives no replies.</exception>
    /// <exception cref="BudgetSpentException">The campaign may spend no more.</exception>
    public async Task<EnvironmentBuild> BuildAsync(Domain domain, Seed seed, GivenParts? given, RoleModel? builder, CancellationToken cancellationToken)
    {
        if (builder is null)
        {
            return Build(domain, seed, given);
        }

        string note;
        try
        {
            var materialiser = new ModelledMaterialiser(settings, engine, builder, given);
            var made = await materialiser.MaterialiseAsync(domain, seed, cancellationToken);
            var build = made.Package is { } package ? Finish(domain, package, made.Rejected, materialiser.Without) : null;
            if (build?.Package is { } kept)
            {
                return WithOrigins(build, [.. made.Origins.Where(origin => !origin.Part.Contains(':', StringComparison.Ordinal) || kept.Tools.Any(tool => origin.Part == PartOrigin.ProgramOf(tool.Name)))]);
            }

            note = made.Note ?? "the model's: " + build!.Outcome.Reason;
        }
        catch (Exception e) when (IsOfTheDomain(e) || e is PackageException)
        {
            // Where a given part is the broken one, the embedded way says so again.
            note = "the model's: " + e.Message;
        }

        var embedded = Build(domain, seed, given);
        string[] parts = [PartOrigin.Schema, .. embedded.Outcome.ToolsKept.Select(PartOrigin.ProgramOf), PartOrigin.Policy];
        return WithOrigins(embedded, [.. parts.Select(part => new PartOrigin(part, MakerOf(part, given), Note: part == PartOrigin.Schema ? note : null))]);
    }

    private static PartMaker MakerOf(string part, GivenParts? given) => given is not null && (part switch
    {
        PartOrigin.Schema => given.Schema is not null,
        PartOrigin.Policy => given.Policy is not null || given.Rules is not null,
        _ => given.Programs.Keys.Any(tool => part == PartOrigin.ProgramOf(tool)),
    }) ? PartMaker.Given : PartMaker.Embedded;

    /// <summary>The outcome of a domain of which a given part is broken.</summary>
    public static EnvironmentBuild Broken(Domain domain, PackageException fault) =>
        Rejected(domain, "given.broken", [.. domain.Tools.Select(tool => new ToolRejection(tool.Name, "given.broken", fault.Message))], null);

    private EnvironmentBuild Make(Domain domain, Seed seed, GivenParts? given)
    {
        var materialiser = new EmbeddedMaterialiser(settings, given);
        var package = materialiser.Materialise(domain, seed, out var unread);
        return package is null
            ? Rejected(domain, "tools.too-few", [.. unread], null)
            : Finish(domain, package, unread, materialiser.Without);
    }

    /// <summary>Audits a package until all of its tools pass.</summary>
    /// <param name="unread">Tools that left before.</param>
    /// <param name="without">The package without some of its tools.</param>
    private EnvironmentBuild Finish(
        Domain domain, EnvironmentPackage package, IReadOnlyList<ToolRejection> unread, Func<EnvironmentPackage, IReadOnlyCollection<string>, EnvironmentPackage> without)
    {
        var rejected = new List<ToolRejection>(unread);
        AuditReport audit;
        for (var first = true; ; first = false)
        {
            audit = new EnvironmentAudit(engine).Run(package);
            if (first && audit.PassRate < settings.MinimumPassRate)
            {
                rejected.AddRange(Failures(audit));
                return Rejected(domain, "audit.pass-rate", rejected, audit);
            }

            var failed = audit.Tools.Where(tool => !tool.Passed).ToList();
            if (failed.Count == 0)
            {
                break;
            }

            rejected.AddRange(Failures(audit));
            package = without(package, [.. failed.Select(tool => tool.Tool)]);
            if (package.Tools.Count < settings.MinimumTools)
            {
                return Rejected(domain, "tools.too-few", rejected, audit);
            }
        }

        audit = settings.MutantsPerTool == 0 ? audit : audit with { Mutation = new MutationTest(engine).Run(package, audit, settings.MutantsPerTool) };
        return new EnvironmentBuild(Outcome(domain, null, package, rejected), package, audit);
    }

    /// <summary>Whether an exception is due to what the domain's documents, a person or a model gave, and so rejects the domain rather than end the campaign.</summary>
    private static bool IsOfTheDomain(Exception e) => e is PackageException or InvalidOperationException or ArgumentException or KeyNotFoundException or FormatException or JsonException;

    private static EnvironmentBuild WithOrigins(EnvironmentBuild build, IReadOnlyList<PartOrigin> origins) => build with
    {
        Outcome = build.Outcome with { Origins = origins },
        Audit = build.Audit is null ? null : build.Audit with { Origins = origins },
    };

    private static IEnumerable<ToolRejection> Failures(AuditReport audit) => audit.Tools.Where(tool => !tool.Passed)
        .Select(tool => new ToolRejection(tool.Tool, tool.Findings[0].Reason, tool.Findings[0].Detail));

    private static EnvironmentBuild Rejected(Domain domain, string reason, List<ToolRejection> rejected, AuditReport? audit) =>
        new(Outcome(domain, reason, null, rejected), null, audit);

    private static EnvironmentOutcome Outcome(Domain domain, string? reason, EnvironmentPackage? package, List<ToolRejection> rejected) => new()
    {
        Domain = domain.Id,
        DomainName = domain.Name,
        Kept = package is not null,
        Reason = reason,
        Environment = package?.Id,
        ToolsIn = domain.Tools.Count,
        ToolsKept = package is null ? [] : [.. package.Tools.Select(tool => tool.Name)],
        ToolsRejected = [.. rejected.OrderBy(tool => tool.Tool, StringComparer.Ordinal)],
    };
}
