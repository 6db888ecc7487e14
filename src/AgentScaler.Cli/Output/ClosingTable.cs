using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Cli.Local;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>The one table that closes a run: per stage what went in, what came out, and why the rest did not.</summary>
internal static class ClosingTable
{
    private const int ReasonsShown = 6;

    public static void Write(IAnsiConsole console, CampaignSummary summary, CampaignFolder folder, RunFile run)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("stage");
        table.AddColumn(new TableColumn("in").RightAligned());
        table.AddColumn(new TableColumn("out").RightAligned());
        table.AddColumn("left out, and why");
        foreach (var stage in summary.Stages)
        {
            var reasons = stage.Reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal).ToList();
            var text = string.Join(", ", reasons.Take(ReasonsShown).Select(reason => $"{reason.Key} {Amount.Of(reason.Value)}"));
            if (reasons.Count > ReasonsShown)
            {
                text += $", and {reasons.Count - ReasonsShown} more";
            }

            table.AddRow(new Text(stage.Stage), new Text(Amount.Of(stage.In)), new Text(Amount.Of(stage.Out)), new Text(text));
        }

        console.Write(table);
        foreach (var intent in summary.IntentsLeftOut)
        {
            console.WriteLine("intent left out: " + intent);
        }

        if (summary.Confusion is { } confusion)
        {
            Write(console, confusion);
        }

        if (summary.Mutation is { Made: > 0 } mutation)
        {
            console.WriteLine($"{Amount.Of(mutation.Noticed)} of {Amount.Of(mutation.Made)} mutants of the tools' programs noticed by the audit ({mutation.Score.ToString("P1", CultureInfo.InvariantCulture)})");
        }

        if (summary.ToolFaults.Count > 0)
        {
            console.WriteLine($"tools failed in {Amount.Of(summary.ToolFaults.Values.Sum(count => count.Episodes))} episodes ({folder.Document.Identity.Episodes.ToolFaultShare.ToString("P1", CultureInfo.InvariantCulture)} of all planned): "
                + string.Join(", ", summary.ToolFaults.Select(count => $"{count.Key} {Amount.Of(count.Value.Episodes)} ({Amount.Of(count.Value.Kept)} kept)")));
        }

        TaskLines.Write(console, summary);
        DifficultyLines.Write(console, summary);
        console.WriteLine($"{Amount.Of(summary.Kept)} trajectories kept in {run.Seconds.ToString("0.0", CultureInfo.InvariantCulture)} s: {Path.Combine(folder.Path, "dataset", "canonical.jsonl")}");
        if (run.Models is { } spent)
        {
            SpendTable.Write(console, spent);
        }

        if (folder.Document.Identity.Models.Agent is null)
        {
            console.WriteLine("Episodes are scripted (generator: scripted): they prove the pipeline and are no substitute for model-made data.");
        }
    }

    private static void Write(IAnsiConsole console, Funnel.ConfusionTable confusion)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("injected mistake against verdict") };
        table.AddColumn("mistake");
        table.AddColumn("gold");
        foreach (var name in new[] { "episodes", "kept", "validity", "state", "match", "quota", "state errors", "of them kept" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var row in confusion.Rows)
        {
            table.AddRow(
            [
                new Text(row.Fault),
                new Text(row.ReadOnlyGold ? "reads" : "writes"),
                .. new[] { row.Episodes, row.Kept, row.RejectedValidity, row.RejectedState, row.RejectedMatch, row.RejectedQuota, row.StateErrors, row.StateErrorsKept }
                    .Select(count => new Text(Amount.Of(count))),
            ]);
        }

        console.Write(table);
    }
}
