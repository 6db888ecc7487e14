using System.CommandLine;
using System.Text;
using System.Text.Json;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Tools;
using AgentScaler.Tools.Sources;
using Spectre.Console;

namespace AgentScaler.Cli.Commands;

/// <summary><c>tools import</c>: catalogues in, one JSONL of tools out.</summary>
internal static class ToolsImportCommand
{
    private const int ProblemsShown = 20;

    public static Command Create(Shell shell)
    {
        var paths = new Argument<string[]>("path") { Description = "Files, folders or globs; the dialect of each file is detected", Arity = ArgumentArity.OneOrMore };
        var output = new Option<FileInfo>("--out") { Description = "Where the tools go, one JSON object a line", Required = true };
        var report = new Option<FileInfo?>("--report") { Description = "Where the full report goes (JSON): every document, every rejected tool with its reason" };
        var command = new Command(
            "import",
            """
            Read catalogues of tools into one JSONL, with a report of what was left out

            Example:
              agentscaler tools import ./apis --out tools.jsonl --report report.json
            """)
        {
            paths, output, report,
        };
        command.SetAction((parse, token) => RunAsync(shell, parse.GetValue(paths)!, parse.GetValue(output)!, parse.GetValue(report), shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string[] paths, FileInfo output, FileInfo? report, bool json, CancellationToken cancellationToken)
    {
        var located = SourceLocator.Locate(paths, Directory.GetCurrentDirectory());
        var skipped = new List<SkippedFile>(located.Skipped);
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in located.Files)
        {
            try
            {
                await using var stream = File.OpenRead(file.Path);
                hashes[file.Path] = await Sha256Text.OfAsync(stream, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                skipped.Add(new SkippedFile(file.Name, e.Message));
            }
        }

        var readable = located.Files.Where(file => hashes.ContainsKey(file.Path)).ToList();
        var importer = new CatalogueImporter(new ToolSettings(), SourceLinks.Find(readable, hashes, file => File.ReadAllBytes(file.Path)));
        using (var progress = new CountLine(shell, "documents read"))
        {
            foreach (var (done, file) in readable.Index())
            {
                progress.Report(new CountProgress(done, readable.Count));
                importer.Add(CatalogueDocument.Of(await File.ReadAllBytesAsync(file.Path, cancellationToken), file.Name));
            }
        }

        var outcome = importer.Finish();
        output.Directory!.Create();
        await using (var writer = new StreamWriter(output.FullName, append: false, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            foreach (var tool in outcome.Tools)
            {
                await writer.WriteLineAsync(CanonicalJson.Serialize(tool).AsMemory(), cancellationToken);
            }
        }

        if (report is not null)
        {
            await WriteAsync(report, JsonSerializer.Serialize(outcome.Report, new JsonSerializerOptions(ArtifactJson.Options) { WriteIndented = true }) + "\n", cancellationToken);
        }

        if (json)
        {
            shell.WriteJson(new ImportAnswer(output.FullName, outcome.Report.Totals, skipped));
        }
        else
        {
            Write(shell.Out, outcome.Report, skipped, output);
        }

        return CommandLine.Success;
    }

    private static async Task WriteAsync(FileInfo file, string text, CancellationToken cancellationToken)
    {
        file.Directory!.Create();
        await File.WriteAllTextAsync(file.FullName, text, new UTF8Encoding(false), cancellationToken);
    }

    private static void Write(IAnsiConsole console, ImportReport report, List<SkippedFile> skipped, FileInfo output)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("document");
        table.AddColumn("dialect");
        table.AddColumn(new TableColumn("read").RightAligned());
        table.AddColumn(new TableColumn("kept").RightAligned());
        table.AddColumn("rejected, or why it gave none");
        foreach (var document in report.Documents.OrderBy(document => document.Name, StringComparer.Ordinal))
        {
            table.AddRow(
                new Text(document.Name ?? document.Sha256[..12]),
                new Text(document.Dialect),
                new Text(Amount.Of(document.Read)),
                new Text(Amount.Of(document.Kept)),
                new Text(document.Read == 0 && document.Problems.Count > 0
                    ? $"{document.Problems[0].Code}: {document.Problems[0].Found}"
                    : string.Join(", ", document.Rejected.Select(reason => $"{reason.Key} {Amount.Of(reason.Value)}"))));
        }

        console.Write(table);
        var problems = report.Documents.SelectMany(document => document.Problems.Select(problem => (Document: document.Name ?? document.Sha256[..12], Problem: problem))).ToList();
        foreach (var (name, problem) in problems.Take(ProblemsShown))
        {
            console.WriteLine($"{name}, {problem.Place}: {problem.Code}: found {problem.Found}; expected {problem.Expected}");
        }

        if (problems.Count > ProblemsShown)
        {
            console.WriteLine($"... and {problems.Count - ProblemsShown} more (see --report)");
        }

        foreach (var file in skipped)
        {
            console.WriteLine($"{file.Name}: not read: {file.Reason}");
        }

        console.WriteLine($"{Amount.Of(report.Totals.Kept)} of {Amount.Of(report.Totals.Read)} tools from {Amount.Of(report.Totals.Documents)} documents ({Amount.Of(report.Totals.NotYetRead)} of no dialect that is read, {Amount.Of(report.Totals.Unreadable)} broken): {output.FullName}");
    }

    private sealed record ImportAnswer(string Out, ImportTotals Totals, IReadOnlyList<SkippedFile> Skipped);
}
