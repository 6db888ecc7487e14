using System.Collections.Concurrent;
using System.CommandLine;
using AgentScaler.Cli.Local;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Environments.Audit;
using AgentScaler.Environments.Audit.Mutation;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using Spectre.Console;

namespace AgentScaler.Cli.Commands;

/// <summary><c>env audit</c>: environments are run again and checked; with mutants, the audit itself is measured.</summary>
internal static class EnvAuditCommand
{
    public static Command Create(Shell shell)
    {
        var place = new Argument<string>("folder") { Description = "An environment package's folder, or a campaign's: then all its environments" };
        var mutants = new Option<bool>("--mutants") { Description = "Change every program one fault at a time and count how many of the changes the audit notices" };
        var command = new Command(
            "audit",
            """
            Audit environments: valid, boundary and invalid calls, pure reads, determinism, declared results, references, the rules of the policy. Exit code 0 only if every tool passes

            Examples:
              agentscaler env audit ./package --mutants
              agentscaler env audit ./campaign --json
            """)
        {
            place, mutants,
        };
        command.SetAction((parse, token) => RunAsync(shell, parse.GetValue(place)!, parse.GetValue(mutants), shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string folder, bool mutants, bool json, CancellationToken cancellationToken)
    {
        using var place = PackagePlace.Open(folder);
        using var engine = new EnvironmentEngine(new EngineOptions(), shell.Clock);
        var domains = await place.ListAsync(cancellationToken);
        var kept = domains.Where(domain => domain.Outcome.Kept).ToList();
        var audits = new ConcurrentBag<EnvironmentAnswer>();
        if (!place.IsCampaign)
        {
            audits.Add(Audit(engine, (await place.ReadAsync(null, cancellationToken)).Package, mutants));
        }
        else if (kept.Count == 0)
        {
            throw new UsageException($"'{folder}' holds no environment yet; run the campaign first");
        }

        using (var progress = new CountLine(shell, "environments audited"))
        {
            progress.Report(new CountProgress(0, kept.Count));
            await Parallel.ForEachAsync(kept, cancellationToken, async (built, token) =>
            {
                audits.Add(Audit(engine, await built.ReadPackageAsync(place.Artifacts, token), mutants));
                progress.Report(new CountProgress(audits.Count, kept.Count));
            });
        }

        var answer = new AuditAnswer(
            [.. audits.OrderBy(audit => audit.Name, StringComparer.Ordinal).ThenBy(audit => audit.Environment, StringComparer.Ordinal)],
            [.. CommonFailure.Of(domains.Select(domain => domain.Outcome)).Take(AuditAnswer.FailuresShown)],
            mutants);
        if (json)
        {
            shell.WriteJson(answer);
        }
        else
        {
            AuditTable.Write(shell, answer);
        }

        return answer.Passed ? CommandLine.Success : CommandLine.Failure;
    }

    private static EnvironmentAnswer Audit(EnvironmentEngine engine, EnvironmentPackage package, bool mutants)
    {
        var audit = new EnvironmentAudit(engine).Run(package);
        audit = mutants ? audit with { Mutation = new MutationTest(engine).Run(package, audit) } : audit;
        return new EnvironmentAnswer(package.Id, package.Name, audit with { Tools = [.. audit.Tools.Select(tool => tool with { Trials = [] })] });
    }
}
