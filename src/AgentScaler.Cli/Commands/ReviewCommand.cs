using System.CommandLine;
using AgentScaler.Campaigns;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Review;
using AgentScaler.Json;
using Spectre.Console;

namespace AgentScaler.Cli.Commands;

/// <summary><c>review</c>: what people decide on episodes, tasks and tools, kept apart from what the machine says.</summary>
internal static class ReviewCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { Description = "A campaign's folder" };
        return new Command(
            "review",
            """
            Overrule the funnel: accept or reject episodes, take tasks or tools out of use. The campaign's own verdicts and dataset stay; 'apply' makes a dataset of both

            Examples:
              agentscaler review ./campaign list
              agentscaler review ./campaign accept episode-12ab --reason "the user meant the other row" --by ann
              agentscaler review ./campaign quarantine tool delete_account --reason "deletes without asking"
              agentscaler review ./campaign undo episode-12ab
              agentscaler review ./campaign apply --out ./reviewed
            """)
        {
            folder,
            Decide(shell, folder, "accept", "Keep an episode, whatever the machine said", "accept episode-12ab --reason \"the user meant the other row\" --by ann", ReviewDecision.Accept),
            Decide(shell, folder, "reject", "Reject an episode, whatever the machine said", "reject episode-12ab --reason \"it tells a made-up date\" --fault agent", ReviewDecision.Reject),
            new Command("quarantine", Described("Take a task or a tool out of use", "quarantine tool delete_account --reason \"deletes without asking\""))
            {
                Decide(shell, folder, "task", "Reject all episodes of a task", "quarantine task task-34cd --reason \"its wish is ambiguous\"", ReviewDecision.QuarantineTask),
                Decide(
                    shell,
                    folder,
                    "tool",
                    "Reject all episodes that call a tool: its name, or ENVIRONMENT/NAME where several have it",
                    "quarantine tool delete_account --reason \"deletes without asking\"",
                    ReviewDecision.QuarantineTool),
            },
            Undo(shell, folder),
            List(shell, folder),
            Apply(shell, folder),
        };
    }

    private static Command Decide(Shell shell, Argument<string> folder, string name, string description, string example, ReviewDecision decision)
    {
        var id = new Argument<string>("id") { Description = decision switch { ReviewDecision.QuarantineTask => "A task's id", ReviewDecision.QuarantineTool => "A tool", _ => "An episode's id" } };
        var reason = new Option<string>("--reason") { Description = "Why", Required = true };
        var by = new Option<string?>("--by") { Description = "Who decides" };
        var command = new Command(name, Described(description, example)) { id, reason, by };
        var fault = decision == ReviewDecision.Reject ? WordOption.Of<Attribution>("--fault", "Whose fault it is; the agent's by default, which makes it a trial that failed") : null;
        if (fault is not null)
        {
            command.Add(fault);
        }

        command.SetAction(async (parse, token) =>
        {
            var path = Open(parse.GetValue(folder)!);
            if (string.IsNullOrWhiteSpace(parse.GetValue(reason)))
            {
                throw new UsageException("--reason: expected why, found nothing");
            }

            var entry = new ReviewEntry(
                decision,
                await FindAsync(path, decision, parse.GetValue(id)!, token),
                parse.GetValue(reason)!,
                parse.GetValue(by),
                fault is null ? null : parse.GetValue(fault) ?? Attribution.Agent,
                shell.Clock.GetUtcNow());
            await new ReviewLog(path).AddAsync(entry, token);
            Show(shell, entry, shell.WantsJson(parse));
            return CommandLine.Success;
        });
        return command;
    }

    private static Command Undo(Shell shell, Argument<string> folder)
    {
        var id = new Argument<string>("id") { Description = "What was decided on" };
        var command = new Command("undo", Described("Take decisions on an episode, task or tool back", "undo episode-12ab")) { id };
        command.SetAction(async (parse, token) =>
        {
            var log = new ReviewLog(Open(parse.GetValue(folder)!));
            var name = parse.GetValue(id)!;
            var standing = new ReviewDecisions(await log.ReadAsync(token)).Standing
                .Where(entry => entry.Id == name || (entry.Decision == ReviewDecision.QuarantineTool && entry.Id.EndsWith("/" + name, StringComparison.Ordinal))).ToList();
            if (standing.Count == 0)
            {
                throw new UsageException($"nothing was decided on '{name}'; 'review {parse.GetValue(folder)} list' shows what was");
            }

            var undone = standing.Select(entry => entry with { Undone = true, At = shell.Clock.GetUtcNow() }).ToList();
            foreach (var entry in undone)
            {
                await log.AddAsync(entry, token);
            }

            // A name may be of several tools; JSON is one document all the same.
            if (shell.WantsJson(parse))
            {
                shell.WriteJson(undone);
            }
            else
            {
                undone.ForEach(entry => Show(shell, entry, json: false));
            }

            return CommandLine.Success;
        });
        return command;
    }

    private static Command List(Shell shell, Argument<string> folder)
    {
        var command = new Command("list", Described("The decisions that stand", "list"));
        command.SetAction(async (parse, token) =>
        {
            var standing = new ReviewDecisions(await new ReviewLog(Open(parse.GetValue(folder)!)).ReadAsync(token)).Standing;
            if (shell.WantsJson(parse))
            {
                shell.WriteJson(standing);
                return CommandLine.Success;
            }

            var table = new Table { Border = TableBorder.Simple };
            table.AddColumns("decision", "on", "reason", "by", "at");
            foreach (var entry in standing)
            {
                table.AddRow(
                    new Text(EnumWord.Of(entry.Decision)), new Text(entry.Id), new Text(entry.Reason), new Text(entry.By ?? string.Empty), new Text(entry.At.ToString("u", System.Globalization.CultureInfo.InvariantCulture)));
            }

            shell.Out.Write(table);
            shell.WriteText($"{standing.Count} decisions stand");
            return CommandLine.Success;
        });
        return command;
    }

    private static Command Apply(Shell shell, Argument<string> folder)
    {
        var output = new Option<string>("--out") { Description = "A new folder for the reviewed dataset", Required = true };
        var command = new Command(
            "apply", Described("Write the dataset with people's decisions; metadata.review says on each row what was decided, and what the machine said", "apply --out ./reviewed"))
        {
            output,
        };
        command.SetAction((parse, token) => FunnelCommand.RescoreAsync(
            shell, parse.GetValue(folder)!, [], reviewed: true, parse.GetValue(output)!, every: false, shell.WantsJson(parse), token));
        return command;
    }

    private static string Open(string path) => File.Exists(Path.Combine(path, CampaignFolder.DocumentName))
        ? path
        : throw new UsageException($"'{path}' holds no campaign: there is no {CampaignFolder.DocumentName} in it");

    private static async Task<string> FindAsync(string folder, ReviewDecision decision, string name, CancellationToken cancellationToken)
    {
        var what = decision switch { ReviewDecision.QuarantineTask => "task", ReviewDecision.QuarantineTool => "tool", _ => "episode" };
        return await ReviewTargets.FindAsync(folder, decision, name, cancellationToken) switch
        {
            [] => throw new UsageException($"'{name}' is no {what} of the dataset in '{folder}'"),
            [var only] => only,
            var several => throw new UsageException($"several environments have a tool '{name}'; say which: {string.Join(", ", several)}"),
        };
    }

    private static void Show(Shell shell, ReviewEntry entry, bool json)
    {
        if (json)
        {
            shell.WriteJson(entry);
        }
        else
        {
            shell.WriteText($"{(entry.Undone ? "taken back: " : string.Empty)}{EnumWord.Of(entry.Decision)} {entry.Id}: {entry.Reason}");
        }
    }

    private static string Described(string description, string example) => $"{description}\n\nExample:\n  agentscaler review ./campaign {example}";
}
