using System.Globalization;
using System.Text.Json;
using AgentScaler.Campaigns;
using AgentScaler.Campaigns.Preview;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Cli.Output;
using AgentScaler.Environments.Engine;
using AgentScaler.Json;
using AgentScaler.Models.Spending;
using Spectre.Console;

namespace AgentScaler.Cli.Local;

/// <summary><c>run --preview N</c>: what a campaign will take, before it does.</summary>
internal static class PreviewRun
{
    private static readonly JsonSerializerOptions Indented = new(ArtifactJson.Options) { WriteIndented = true };

    /// <summary>Runs the preview, writes <c>preview.json</c> into the campaign's folder, and shows it.</summary>
    public static async Task<int> RunAsync(
        Shell shell, CampaignFolder folder, EnvironmentEngine engine, LocalModels models, int tasks, bool json, CancellationToken cancellationToken)
    {
        var runner = new StepRunner(folder.Artifacts, PipelineSteps.Create(engine, null, models.Source));
        var preview = new CampaignPreview(
            folder, runner, engine, models.Source, async () => await models.SpentAsync(cancellationToken) ?? new SpendReport(new(StringComparer.Ordinal), new Spend()), shell.Clock);
        var report = await preview.RunAsync(tasks, new Lines(shell), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "preview.json"), JsonSerializer.Serialize(report, Indented) + "\n", cancellationToken);
        if (json)
        {
            shell.WriteJson(report);
        }
        else
        {
            Write(shell.Out, report);
        }

        return CommandLine.Success;
    }

    private static void Write(IAnsiConsole console, PreviewReport report)
    {
        var counts = new Table { Border = TableBorder.Simple };
        foreach (var name in new[] { "", "domains", "environments", "tasks", "episodes", "kept" })
        {
            counts.AddColumn(new TableColumn(name).RightAligned());
        }

        AddCounts("tried", report.Tried);
        AddCounts("projected", report.Projected);
        console.Write(counts);
        if (report.Rejected.Count > 0)
        {
            console.WriteLine("rejected: " + string.Join(", ", report.Rejected.Select(reason => $"{reason.Key} {Amount.Of(reason.Value)}")));
        }

        var roles = new Table { Border = TableBorder.Simple };
        roles.AddColumn("model");
        roles.AddColumn("per");
        foreach (var name in new[] { "requests", "tokens in", "tokens out", "USD", "USD projected" })
        {
            roles.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var role in report.Roles)
        {
            roles.AddRow(
                new Text($"{role.Role} {role.Model}"),
                new Text(role.Per),
                new Text(Amount.Of(role.Usage.Requests)),
                new Text(Amount.Of(role.Usage.InputTokens)),
                new Text(Amount.Of(role.Usage.OutputTokens)),
                new Text(Usd(role.Usd)),
                new Text(Usd(role.ProjectedUsd)));
        }

        console.Write(roles);
        console.WriteLine($"The whole campaign: about {Usd(report.ProjectedUsd)} USD, {Amount.Of(report.ProjectedTokens)} tokens, {report.ProjectedHours.ToString("0.0#", CultureInfo.InvariantCulture)} hours of episodes ({report.EpisodeSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s each).");
        foreach (var note in report.Notes)
        {
            console.WriteLine("note: " + note);
        }

        void AddCounts(string name, PreviewCounts row) => counts.AddRow(
            [new Text(name), .. new[] { row.Domains, row.Environments, row.Tasks, row.Episodes, row.Kept }.Select(count => new Text(Amount.Of(count)))]);
    }

    private static string Usd(decimal value) => value.ToString("0.00##", CultureInfo.InvariantCulture);

    /// <summary>Progress, a line each: previews are short.</summary>
    private sealed class Lines(Shell shell) : IProgress<string>
    {
        public void Report(string value) => shell.ErrorText("preview: " + value);
    }
}
