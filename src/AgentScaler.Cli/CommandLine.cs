using System.CommandLine;
using AgentScaler.Benchmarks;
using AgentScaler.Campaigns;
using AgentScaler.Cli.Commands;
using AgentScaler.Cli.Help;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Environments.Packages;
using AgentScaler.Graphs;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Tools.Sources;
using AgentScaler.Workflow;

namespace AgentScaler.Cli;

/// <summary>The command line: parses, runs one command, turns every fault into one clear message and an exit code.</summary>
public static class CommandLine
{
    /// <summary>Exit code of success.</summary>
    public const int Success = 0;

    /// <summary>Exit code of a failed run or a check that did not hold.</summary>
    public const int Failure = 1;

    /// <summary>Exit code of wrong usage: unknown options, a malformed campaign, missing files.</summary>
    public const int WrongUsage = 2;

    private const string Resume = "Finished work is kept: run the same command again to resume.";

    /// <summary>Runs one command.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider clock)
    {
        var (root, verbose) = Create(output, error, clock);
        var parse = root.Parse(args);
        if ((parse.Errors.Count > 0 || Complaint.Misread(parse).Any()) && !IsSuggestion(parse))
        {
            foreach (var line in Complaint.Of(parse))
            {
                await error.WriteLineAsync(line);
            }

            return WrongUsage;
        }

        if (parse.Action is null)
        {
            return await root.Parse([.. args, "--help"]).InvokeAsync(new InvocationConfiguration { Output = error, Error = error }) == 0 ? WrongUsage : Failure;
        }

        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception fault) when (Explain(fault) is { } explained || !parse.GetValue(verbose))
        {
            await error.WriteLineAsync("agentscaler: " + (Explain(fault)?.Message ?? $"unexpected fault: {fault.Message} (run again with --verbose for the details, and please report it)"));
            if (parse.GetValue(verbose))
            {
                await error.WriteLineAsync(fault.ToString());
            }

            return Explain(fault)?.Code ?? Failure;
        }
    }

    /// <summary>Whether a shell asks what may follow: then the rest of the line is unfinished by nature.</summary>
    private static bool IsSuggestion(ParseResult parse) => parse.Tokens.Count > 0 && parse.Tokens[0] is { Type: System.CommandLine.Parsing.TokenType.Directive, Value: ['[', 's', 'u', 'g', 'g', 'e', 's', 't', ..] };

    /// <summary>All commands.</summary>
    internal static (RootCommand Root, Option<bool> Verbose) Create(TextWriter output, TextWriter error, TimeProvider clock)
    {
        var json = new Option<bool>("--json") { Description = "Write machine-readable JSON to standard output", Recursive = true };
        var verbose = new Option<bool>("--verbose") { Description = "Show where an error came from", Recursive = true };
        var root = new RootCommand(
            """
            AgentScaler: executable tool environments and proven trajectories from API catalogues

            Examples:
              agentscaler run
              agentscaler run --sources ./apis --out ./my-campaign
              agentscaler report ./my-campaign
              agentscaler COMMAND --help
            """)
        {
            json, verbose,
        };
        var shell = new Shell(output, error, clock, parse => parse.GetValue(json));
        root.Add(RunCommand.Create(shell));
        root.Add(ReportCommand.Create(shell));
        root.Add(Group("campaign", "The campaign document", "campaign schema > campaign.schema.json", CampaignSchemaCommand.Create(shell)));
        root.Add(Group("models", "The models that play roles", "models check campaign.json", ModelsCheckCommand.Create(shell)));
        root.Add(Group("tools", "Tool catalogues (stage 1)", "tools import ./apis --out tools.jsonl", ToolsImportCommand.Create(shell)));
        root.Add(Group(
            "graph", "The tool graph and its domains (stage 2)", "graph build tools.jsonl --out ./graph", GraphBuildCommand.Create(shell), GraphCommunitiesCommand.Create(shell), GraphSimilarCommand.Create(shell)));
        root.Add(Group(
            "env", "Environments (stage 3)", "env show ./campaign --list", EnvAuditCommand.Create(shell), EnvBuildCommand.Create(shell), EnvReplayCommand.Create(shell), EnvShowCommand.Create(shell)));
        root.Add(Group("episodes", "Episodes (stage 5)", "episodes replay ./campaign", EpisodesReplayCommand.Create(shell)));
        root.Add(FunnelCommand.Create(shell));
        root.Add(ReviewCommand.Create(shell));
        root.Add(Group(
            "dataset",
            "Datasets (stage 7)",
            "dataset export ./campaign --format openai",
            DatasetCardCommand.Create(shell),
            DatasetDecontaminateCommand.Create(shell),
            DatasetExportCommand.Create(shell),
            DatasetMasksCommand.Create(shell),
            DatasetPhasesCommand.Create(shell),
            DatasetValidateCommand.Create(shell)));
        root.Add(CompletionCommand.Create(shell));
        ExampleHelp.Use(root);
        return (root, verbose);
    }

    private static Command Group(string name, string about, string example, params Command[] commands)
    {
        var group = new Command(name, $"{about}\n\nExample:\n  agentscaler {example}");
        foreach (var command in commands)
        {
            group.Add(command);
        }

        return group;
    }

    /// <summary>The message and exit code of a fault that users can do something about; null for a defect of ours.</summary>
    private static (string Message, int Code)? Explain(Exception fault) => fault switch
    {
        CampaignException e => (e.Message, WrongUsage),
        CampaignFolderException e => (e.Message, WrongUsage),
        SourceException e => (e.Message, WrongUsage),
        UsageException e => (e.Message, WrongUsage),
        DatasetException e => (e.Message, WrongUsage),
        GraphException e => (e.Message, WrongUsage),
        BudgetSpentException e => ($"paused: {e.Message}. {Resume}", Failure),
        StepFailedException { InnerException: ModelException inner } => ($"{inner.Message}. {Resume}", Failure),
        ModelException e => (e.Message, Failure),
        StepFailedException { InnerException: StoreException inner } => (inner.Message, Failure),
        StepFailedException e => ($"{e.Message}. {Resume}", Failure),
        StoreException e => (e.Message, Failure),
        PackageException e => (e.Message, Failure),
        BenchmarkDataException e => (e.Message, WrongUsage),
        IOException or UnauthorizedAccessException => ($"{fault.Message} {Resume}", Failure),
        OperationCanceledException => ($"stopped. {Resume}", Failure),
        _ => null,
    };
}
