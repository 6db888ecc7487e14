using System.CommandLine;
using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Environments.Engine;

namespace AgentScaler.Cli.Commands;

/// <summary><c>episodes replay</c>: every recorded call again, on fresh environments.</summary>
internal static class EpisodesReplayCommand
{
    public static Command Create(Shell shell)
    {
        var folder = new Argument<string>("folder") { Description = "A campaign's folder" };
        var command = new Command(
            "replay",
            """
            Replay every recorded call of every episode, kept or not: results and state hashes must be as recorded

            Example:
              agentscaler episodes replay ./campaign
            """)
        {
            folder,
        };
        command.SetAction((parse, token) => RunAsync(shell, parse.GetValue(folder)!, shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string path, bool json, CancellationToken cancellationToken)
    {
        using var folder = CampaignFolder.OpenExisting(path);
        using var engine = new EnvironmentEngine(new EngineOptions(), shell.Clock);
        ReplayReport report;
        using (var progress = new CountLine(shell, "episodes replayed"))
        {
            report = await EpisodeReplayer.ReplayAsync(folder.Artifacts, engine, progress, cancellationToken);
        }

        if (json)
        {
            shell.WriteJson(report);
        }
        else
        {
            foreach (var difference in report.Differences)
            {
                shell.WriteText(difference);
            }

            shell.WriteText(string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Episodes - report.FailedEpisodes} passed, {report.FailedEpisodes} failed ({report.Calls} calls in {report.Environments} environments)"));
        }

        if (report.Episodes == 0)
        {
            throw new UsageException($"'{path}' holds no judged episodes; run the campaign first");
        }

        return report.FailedEpisodes == 0 ? CommandLine.Success : CommandLine.Failure;
    }
}
