using AgentScaler.Funnel;
using AgentScaler.Json;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>The funnel's account for people: the stages, the domains, the difficulty.</summary>
internal static class FunnelTables
{
    private const int DomainsShown = 40;
    private const int ReasonsShown = 4;

    public static void Write(Shell shell, FunnelReport report, bool every)
    {
        Stages(shell, report.Total);
        Domains(shell, report, every);
        DifficultyLines.Write(shell.Out, report.Difficulty, report.Pairs);
        shell.WriteText($"{Amount.Of(report.Total.Kept)} of {Amount.Of(report.Total.Episodes)} episodes kept");
    }

    /// <summary>What went into each stage, what came out, and why the rest did not.</summary>
    public static void Stages(Shell shell, FunnelCounts counts)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("stage");
        table.AddColumn(new TableColumn("in").RightAligned());
        table.AddColumn(new TableColumn("out").RightAligned());
        table.AddColumn("left out, and why");
        table.AddColumn("by whose fault");
        foreach (var stage in counts.Stages)
        {
            table.AddRow(
                new Text(EnumWord.Of(stage.Stage)), new Text(Amount.Of(stage.In)), new Text(Amount.Of(stage.Out)), new Text(List(stage.Reasons, int.MaxValue)), new Text(List(stage.Attributions, int.MaxValue)));
        }

        shell.Out.Write(table);
    }

    private static void Domains(Shell shell, FunnelReport report, bool every)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("per domain") };
        table.AddColumn("domain");
        var stages = report.Total.Stages.Select(stage => stage.Stage).ToList();
        foreach (var name in new[] { "tasks", "episodes", "kept" }.Concat(stages.Select(EnumWord.Of)))
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddColumn("most frequent reasons");
        var shown = report.Environments.OrderByDescending(environment => environment.Counts.Episodes).ThenBy(environment => environment.Environment, StringComparer.Ordinal)
            .Take(every ? int.MaxValue : DomainsShown).ToList();
        foreach (var environment in shown)
        {
            table.AddRow(
            [
                new Text(environment.DomainName),
                .. new[] { environment.Tasks, environment.Counts.Episodes, environment.Counts.Kept }.Concat(stages.Select(environment.Counts.Rejected)).Select(count => new Text(Amount.Of(count))),
                new Text(List(environment.Counts.Stages.SelectMany(stage => stage.Reasons), ReasonsShown)),
            ]);
        }

        shell.Out.Write(table);
        if (shown.Count < report.Environments.Count)
        {
            shell.WriteText($"... and {Amount.Of(report.Environments.Count - shown.Count)} domains more (--all)");
        }
    }

    /// <summary>Counts, the largest first.</summary>
    internal static string List(IEnumerable<KeyValuePair<string, long>> counts, int most)
    {
        var sorted = counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).ToList();
        return string.Join(", ", sorted.Take(most).Select(count => $"{count.Key} {Amount.Of(count.Value)}")) + (sorted.Count > most ? $", and {sorted.Count - most} more" : string.Empty);
    }
}
