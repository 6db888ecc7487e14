using AgentScaler.Campaigns.Rescoring;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>What judging again changed, for people.</summary>
internal static class RescoreTables
{
    private const int EpisodesShown = 20;
    private const int SkipsShown = 20;

    public static void Write(Shell shell, RescoreReport report, string? output, bool every)
    {
        FunnelTables.Stages(shell, report.After);
        if (report.Changes.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("verdicts that changed") };
            table.AddColumn("from -> to");
            table.AddColumn(new TableColumn("episodes").RightAligned());
            foreach (var (change, count) in report.Changes.OrderByDescending(change => change.Value).ThenBy(change => change.Key, StringComparer.Ordinal))
            {
                table.AddRow(new Text(change), new Text(Amount.Of(count)));
            }

            shell.Out.Write(table);
            foreach (var episode in report.Episodes.Take(every ? int.MaxValue : EpisodesShown))
            {
                shell.WriteText($"{episode.Episode}: {episode.Before} -> {episode.After}{(episode.Detail is null ? string.Empty : ": " + episode.Detail)}");
            }
        }

        if (report.Review is { } review)
        {
            shell.WriteText(review.Count == 0 ? "no decision of a person concerns these episodes" : "decided by people: " + FunnelTables.List(review, int.MaxValue));
        }

        foreach (var skip in report.Skipped.Take(every ? int.MaxValue : SkipsShown))
        {
            shell.WriteText($"left out: {skip.Place}: {skip.Reason}");
        }

        if (report.SkippedInAll > SkipsShown && !every)
        {
            shell.WriteText($"... and {Amount.Of(report.SkippedInAll - SkipsShown)} more left out (--all)");
        }

        shell.WriteText($"{Amount.Of(report.Before.Kept)} of {Amount.Of(report.Before.Episodes)} episodes were kept, now {Amount.Of(report.After.Kept)} of {Amount.Of(report.After.Episodes)}; "
            + $"{Amount.Of(report.Changes.Values.Sum())} verdicts changed" + (output is null ? string.Empty : $": {Path.Combine(output, "dataset", "canonical.jsonl")}"));
    }
}
