using System.CommandLine;
using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Cli.Local;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Models;
using AgentScaler.Models.Spending;
using AgentScaler.Reports;
using AgentScaler.Storage;
using AgentScaler.Tasks;
using AgentScaler.Workflow;

namespace AgentScaler.Cli.Commands;

/// <summary><c>run</c>: a whole campaign on this machine.</summary>
internal static class RunCommand
{
    public static Command Create(Shell shell)
    {
        var campaign = new Argument<FileInfo?>("campaign.json")
        {
            Description = "The campaign document; without it the sample campaign",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => null,
        };
        var sources = new Option<string[]>("--sources")
        {
            Description = "Files, folders or globs to read catalogues from, instead of those the campaign names",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var output = new Option<string>("--out") { Description = "The campaign's folder; resumed if it holds a campaign of the same identity", DefaultValueFactory = _ => "campaign" };
        var parallelism = new Option<int?>("--parallelism")
        {
            Description = "Steps that run at once, 1-256; by default one per processor",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var steps) && steps is >= 1 and <= 256)
                {
                    return steps;
                }

                result.AddError($"--parallelism: expected a whole number from 1 to 256, found '{result.Tokens[0].Value}'");
                return null;
            },
        };
        var preview = new Option<int?>("--preview")
        {
            Description = "Take N tasks through the pipeline, say what the whole campaign will cost, take and yield, and stop; while replies are kept, nothing is paid twice when it is run",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var tasks) && tasks >= 1)
                {
                    return tasks;
                }

                result.AddError($"--preview: expected a number of tasks from 1, found '{result.Tokens[0].Value}'");
                return null;
            },
        };
        var command = new Command(
            "run",
            """
            Run a whole campaign: catalogues in, a proven dataset out

            Examples:
              agentscaler run
              agentscaler run --sources ./apis --out ./my-campaign --parallelism 4
              agentscaler run campaign.json --out ./nightly
              agentscaler run campaign.json --out ./nightly --preview 12
            """)
        {
            campaign, sources, output, parallelism, preview,
        };
        command.SetAction((parse, token) => RunAsync(
            shell,
            new Request(parse.GetValue(campaign), parse.GetValue(sources)!, parse.GetValue(output)!, parse.GetValue(parallelism), parse.GetValue(preview), shell.WantsJson(parse)),
            token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, Request request, CancellationToken cancellationToken)
    {
        var started = shell.Clock.GetTimestamp();
        var (document, start) = LocalRun.ReadDocument(request.Campaign, request.Sources);
        if (request.Parallelism is { } wanted)
        {
            document = document with { Operations = document.Operations with { Parallelism = wanted } };
        }

        // Steps that wait for models keep no processor busy.
        var atOnce = document.Identity.Models.HasAny() ? Math.Max(Environment.ProcessorCount, StepsWithModels) : Environment.ProcessorCount;
        var parallelism = document.Operations.Parallelism > 0 ? document.Operations.Parallelism : atOnce;
        var (folder, skipped) = await LocalRun.OpenAsync(document, start, request.Output, cancellationToken);
        using (folder)
        {
            using var engine = new EnvironmentEngine(new EngineOptions(), shell.Clock);
            var owners = LeaseOwners.OfThisProcess();
            using var models = new LocalModels(folder, owners, shell.Clock);
            if (request.Preview is { } tasks)
            {
                return await PreviewRun.RunAsync(shell, folder, engine, models, tasks, request.Json, cancellationToken);
            }

            CampaignSummary summary;
            var steps = PipelineSteps.Create(engine, new EpisodeCheckpoints(folder.State, shell.Clock, owners, document.Operations.Checkpoints), models.Source);
            var times = new StepTimes(parallelism, ShardsOf(document.Identity.Tasks));
            using (var progress = new RunProgress(shell, times, models.SpentNow))
            {
                var options = new InProcessOptions { Parallelism = parallelism, Statuses = progress, Steps = progress };
                var runner = new CampaignRunner(folder, steps, options, shell.Clock);
                StepResult result;
                try
                {
                    result = await runner.RunAsync(cancellationToken);
                }
                catch (Exception e) when (e is BudgetSpentException or StepFailedException or OperationCanceledException)
                {
                    // What was spent is said however the run ends.
                    await RunFile.WriteAsync(folder, shell.Clock, started, parallelism, skipped, times, await models.SpentAsync(CancellationToken.None), CancellationToken.None);
                    throw;
                }

                await DatasetExport.WriteAsync(folder.Artifacts, result.Output, folder.Path, cancellationToken);
                summary = await folder.Artifacts.ReadJsonAsync<CampaignSummary>(ArtifactSibling.Of(result.Output, CampaignSummary.FileName), cancellationToken);
            }

            var run = await RunFile.WriteAsync(folder, shell.Clock, started, parallelism, skipped, times, await models.SpentAsync(cancellationToken), cancellationToken);
            var report = await WriteReportAsync(shell, folder, steps, engine, models, cancellationToken);
            if (request.Json)
            {
                shell.WriteJson(new RunAnswer(folder.Path, folder.Hash, run.Seconds, summary, run.Models) { Report = report?.File });
            }
            else
            {
                ClosingTable.Write(shell.Out, summary, folder, run);
                if (report is not null)
                {
                    shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"Report: {report.File} ({report.Bytes / 1e6:0.0} MB, {report.Seconds:0.0} s)"));
                }
            }
        }

        return CommandLine.Success;
    }

    /// <summary>Writes the report; the dataset is there already, so a report that can't be written is said and fails nothing.</summary>
    private static async Task<ReportFile?> WriteReportAsync(
        Shell shell, CampaignFolder folder, IReadOnlyList<IStep> steps, EnvironmentEngine engine, LocalModels models, CancellationToken cancellationToken)
    {
        try
        {
            return await ReportFile.WriteAsync(folder, steps, engine, models, new ReportOptions(), null, null, shell.Clock, cancellationToken);
        }
        catch (Exception e) when (e is StoreException or PackageException or IOException or UnauthorizedAccessException)
        {
            shell.ErrorText($"agentscaler: the dataset is written, its report is not: {e.Message}; try again with: agentscaler report {folder.Path}");
            return null;
        }
    }

    private static int ShardsOf(TaskSettings tasks) => (tasks.PerEnvironment + tasks.ShardSize - 1) / tasks.ShardSize;

    /// <summary>Steps at once where models play roles and nobody says how many.</summary>
    private const int StepsWithModels = 16;

    private sealed record Request(FileInfo? Campaign, IReadOnlyList<string> Sources, string Output, int? Parallelism, int? Preview, bool Json);

    private sealed record RunAnswer(string Folder, string Identity, double Seconds, CampaignSummary Summary, SpendReport? Models)
    {
        public string? Report { get; init; }
    }
}
