using System.Globalization;
using AgentScaler.Datasets.Writers;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>The closing table of <c>dataset export</c>: what was written, and what the formats lack.</summary>
internal static class ExportTable
{
    private const double Megabyte = 1_000_000;

    public static void Write(Shell shell, IReadOnlyList<ExportOutcome> outcomes, string folder)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("format").AddColumn("file").AddColumn(new TableColumn("rows").RightAligned())
            .AddColumn(new TableColumn("MB").RightAligned()).AddColumn("without");
        foreach (var outcome in outcomes)
        {
            Add(table, outcome);
        }

        shell.Out.Write(table);
        foreach (var outcome in outcomes.Where(outcome => outcome.Manifest is null))
        {
            shell.ErrorText($"{outcome.Format}: not written, the dataset has no {outcome.Missing}");
        }

        shell.WriteText($"Each folder's {DatasetManifestName} has hashes, counts, what was left out and why. Check with: agentscaler dataset validate {folder}");
    }

    private const string DatasetManifestName = Datasets.DatasetManifest.FileName;

    private static void Add(Table table, ExportOutcome outcome)
    {
        foreach (var file in outcome.Manifest?.Files ?? [])
        {
            var name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
            var losses = outcome.Manifest!.Losses.Where(loss => loss.File == name)
                .Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Count} {(loss.Effect == ExportEffect.Row ? "rows" : "parts")} ({loss.Reason})"));
            table.AddRow(
                new Text(outcome.Format + (outcome.UpToDate ? " (there already)" : string.Empty)),
                new Text(name),
                new Text(file.Rows?.ToString(CultureInfo.InvariantCulture) ?? string.Empty),
                new Text((file.Bytes / Megabyte).ToString("0.00", CultureInfo.InvariantCulture)),
                new Text(string.Join(", ", losses)));
        }

        foreach (var (name, input) in outcome.Manifest?.LeftOut ?? [])
        {
            table.AddRow(new Text(outcome.Format), new Text(name), new Text("-"), new Text("-"), new Text($"not written, the dataset has no {input}"));
        }
    }
}
