using System.CommandLine;
using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Cli.Local;
using AgentScaler.Cli.Output;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes.Checkpoints;
using AgentScaler.Reports;

namespace AgentScaler.Cli.Commands;

/// <summary><c>report</c>: a campaign as one page that opens from disk.</summary>
internal static class ReportCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { Description = "A campaign's folder" };
        var output = new Option<string?>("--out") { Description = $"The page; by default {CampaignReport.FileName} in the campaign's folder" };
        var episodes = new Option<int>("--episodes")
        {
            Description = "Most episodes shown with their transcripts, from 1, every reason among them; the numbers always cover all",
            DefaultValueFactory = _ => ReportOptions.DefaultEpisodes,
        };
        episodes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--episodes: expected a whole number from 1");
            }
        });
        var command = new Command(
            "report",
            """
            Write a campaign's report: one HTML page that needs no server and no network

            Stages, funnel, domains with tool graph and schema, and every trajectory: the conversation with gold beside it, which rows differ from
            gold's and how, reasons, where it came from.

            Examples:
              agentscaler report ./campaign
              agentscaler report ./campaign --episodes 2000 --out ./review.html
            """)
        {
            folder, output, episodes,
        };
        command.SetAction((parse, token) => RunAsync(
            shell, parse.GetValue(folder)!, parse.GetValue(output), new ReportOptions(parse.GetValue(episodes)), shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string path, string? output, ReportOptions options, bool json, CancellationToken cancellationToken)
    {
        using var folder = CampaignFolder.OpenExisting(path);
        using var engine = new EnvironmentEngine(new EngineOptions(), shell.Clock);
        using var models = new LocalModels(folder, LeaseOwners.OfThisProcess(), shell.Clock);
        ReportFile report;
        using (var progress = new CountLine(shell, "episodes read"))
        {
            report = await ReportFile.WriteAsync(
                folder, PipelineSteps.Create(engine, null, models.Source), engine, models, options, output, progress, shell.Clock, cancellationToken);
        }

        if (json)
        {
            shell.WriteJson(report);
        }
        else
        {
            shell.WriteText(string.Create(
                CultureInfo.InvariantCulture, $"{report.File}: {report.Shown:N0} of {report.Episodes:N0} episodes, {report.Bytes / 1e6:0.0} MB, in {report.Seconds:0.0} s"));
        }

        return CommandLine.Success;
    }
}
