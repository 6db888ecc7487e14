using System.CommandLine;
using System.Globalization;
using AgentScaler.Cli.Local;
using AgentScaler.Cli.Output;
using AgentScaler.Models.Checks;
using Spectre.Console;

namespace AgentScaler.Cli.Commands;

/// <summary><c>models check</c>: whether the models of a campaign can play their roles.</summary>
internal static class ModelsCheckCommand
{
    public static Command Create(Shell shell)
    {
        var campaign = new Argument<FileInfo>("campaign.json") { Description = "The campaign document that names the models" };
        var command = new Command(
            "check",
            """
            Try each model of a campaign with one cheap call of the kind its role needs: reachable, tool calls, structured output, context length, price

            Example:
              agentscaler models check campaign.json
            """)
        {
            campaign,
        };
        command.SetAction((parse, token) => RunAsync(shell, parse.GetValue(campaign)!, shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, FileInfo campaign, bool json, CancellationToken cancellationToken)
    {
        var (document, _) = LocalRun.ReadDocument(campaign, []);
        if (!document.Identity.Models.HasAny())
        {
            throw new UsageException($"{campaign.Name} names no models (identity.models): every role is played by what is built in, and there is nothing to check");
        }

        using var host = LocalModels.CreateHost(shell.Clock);
        IReadOnlyList<RoleCheck> checks;
        using (var progress = new CountLine(shell, "roles checked"))
        {
            checks = await new ModelsCheckRun(host, document.Identity.Models, document.Operations.Models.EndpointOf, shell.Clock).RunAsync(progress, cancellationToken);
        }

        if (json)
        {
            shell.WriteJson(checks);
        }
        else
        {
            Write(shell.Out, checks);
        }

        return checks.All(check => check.Works) ? CommandLine.Success : CommandLine.Failure;
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<RoleCheck> checks)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var name in new[] { "role", "model", "at", "", "found" })
        {
            table.AddColumn(name);
        }

        foreach (var name in new[] { "seconds", "tokens", "context", "USD" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var check in checks)
        {
            table.AddRow(
                new Text(check.Role),
                new Text(check.Model),
                new Text(check.Address.AbsoluteUri),
                check.Works ? new Markup("[green]works[/]") : new Markup("[red]fails[/]"),
                new Text(check.Found),
                new Text(check.Seconds.ToString("0.0", CultureInfo.InvariantCulture)),
                new Text(check.Tokens.ToString("N0", CultureInfo.InvariantCulture)),
                new Text(check.ContextTokens?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"),
                new Text(check.Usd.ToString("0.######", CultureInfo.InvariantCulture)));
        }

        console.Write(table);
        foreach (var check in checks.Where(check => check.Advice is not null))
        {
            console.WriteLine($"{check.Role}: {check.Advice}");
        }
    }
}
