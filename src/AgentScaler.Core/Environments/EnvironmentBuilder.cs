using System.Text.Json;
using AgentScaler.Determinism;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Given;
using AgentScaler.Environments.Materialisation;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;

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
        catch (Exception e) when (e is PackageException or InvalidOperationException or ArgumentException or KeyNotFoundException or FormatException or JsonException)
        {
            return Rejected(domain, "environment.fault", [.. domain.Tools.Select(tool => new ToolRejection(tool.Name, "environment.fault", e.Message))], null);
        }
    }

    /// <summary>The outcome of a domain of which a given part is broken.</summary>
    public static EnvironmentBuild Broken(Domain domain, PackageException fault) =>
        Rejected(domain, "given.broken", [.. domain.Tools.Select(tool => new ToolRejection(tool.Name, "given.broken", fault.Message))], null);

    private EnvironmentBuild Make(Domain domain, Seed seed, GivenParts? given)
    {
        var materialiser = new EmbeddedMaterialiser(settings, given);
        var package = materialiser.Materialise(domain, seed, out var unread);
        var rejected = new List<ToolRejection>(unread);
        if (package is null)
        {
            return Rejected(domain, "tools.too-few", rejected, null);
        }

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
            package = materialiser.Without(package, [.. failed.Select(tool => tool.Tool)]);
            if (package.Tools.Count < settings.MinimumTools)
            {
                return Rejected(domain, "tools.too-few", rejected, audit);
            }
        }

        audit = settings.MutantsPerTool == 0 ? audit : audit with { Mutation = new MutationTest(engine).Run(package, audit, settings.MutantsPerTool) };
        return new EnvironmentBuild(Outcome(domain, null, package, rejected), package, audit);
    }

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
