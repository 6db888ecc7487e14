using System.CommandLine;
using AgentScaler.Cli.Local;
using AgentScaler.Cli.Output;
using AgentScaler.Environments.Packages;

namespace AgentScaler.Cli.Commands;

/// <summary><c>env show</c>: one environment in full, for a critical reader.</summary>
internal static class EnvShowCommand
{
    public static Command Create(Shell shell)
    {
        var place = new Argument<string>("folder") { Description = "An environment package's folder, or a campaign's" };
        var environment = new Option<string?>("--environment") { Description = "Of a campaign: the environment's id, the beginning of it, or its name" };
        var list = new Option<bool>("--list") { Description = "Of a campaign: list its domains, built or rejected, instead of showing one" };
        var program = new Option<string?>("--program") { Description = "The tool whose program to show; by default the first that writes" };
        var programs = new Option<bool>("--programs") { Description = "Show the programs of all tools" };
        var rows = new Option<int>("--rows") { Description = "Rows to show of each collection, 0-1000", DefaultValueFactory = _ => 2 };
        rows.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 1000)
            {
                result.AddError("--rows: expected a whole number from 0 to 1000");
            }
        });
        var command = new Command(
            "show",
            """
            Show an environment: schema as a Mermaid diagram, tools with what they do, programs, rows, policy, audit

            Examples:
              agentscaler env show ./package
              agentscaler env show ./campaign --list
              agentscaler env show ./campaign --environment hotel-bookings --programs
            """)
        {
            place, environment, list, program, programs, rows,
        };
        command.SetAction((parse, token) =>
        {
            if (parse.GetValue(list) && new Option[] { environment, program, programs, rows }.FirstOrDefault(option => parse.GetResult(option) is { Implicit: false }) is { } other)
            {
                throw new UsageException($"--list shows no environment: {other.Name} does not go with it");
            }

            return RunAsync(
                shell,
                new Request(
                    parse.GetValue(place)!, parse.GetValue(environment), parse.GetValue(list), parse.GetValue(program), parse.GetValue(programs), parse.GetValue(rows), shell.WantsJson(parse)),
                token);
        });
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, Request request, CancellationToken cancellationToken)
    {
        using var place = PackagePlace.Open(request.Folder);
        if (request.List)
        {
            await ListAsync(shell, place, request.Json, cancellationToken);
            return CommandLine.Success;
        }

        var (package, audit) = await place.ReadAsync(request.Environment, cancellationToken);
        var view = new EnvironmentView(package, audit, request.Rows, ProgramsOf(package, request));
        if (request.Json)
        {
            shell.WriteJson(view.ToJson());
        }
        else
        {
            shell.WriteText(view.ToMarkdown());
        }

        return CommandLine.Success;
    }

    private static IReadOnlyList<PackageTool> ProgramsOf(EnvironmentPackage package, Request request)
    {
        if (request.Programs)
        {
            return package.Tools;
        }

        if (request.Program is null)
        {
            return [.. package.Tools.OrderBy(tool => tool.Writes ? 0 : 1).Take(1)];
        }

        return package.Tools.Where(tool => tool.Name == request.Program).ToList() is { Count: > 0 } named
            ? named
            : throw new UsageException($"the environment has no tool '{request.Program}'; its tools are {string.Join(", ", package.Tools.Select(tool => tool.Name))}");
    }

    private static async Task ListAsync(Shell shell, PackagePlace place, bool json, CancellationToken cancellationToken)
    {
        if (!place.IsCampaign)
        {
            throw new UsageException("--list is for a campaign's folder; this is one package");
        }

        var domains = await place.ListAsync(cancellationToken);
        if (json)
        {
            shell.WriteJson(domains.Select(built => built.Outcome));
            return;
        }

        foreach (var built in domains)
        {
            var outcome = built.Outcome;
            shell.WriteText($"{outcome.Environment ?? "-",-24}  {outcome.DomainName,-36}  {outcome.ToolsKept.Count,3} of {outcome.ToolsIn,3} tools  {outcome.Reason}".TrimEnd());
        }
    }

    private sealed record Request(string Folder, string? Environment, bool List, string? Program, bool Programs, int Rows, bool Json);
}
