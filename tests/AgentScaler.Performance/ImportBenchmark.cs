using System.Diagnostics;
using System.Globalization;
using AgentScaler.Determinism;
using AgentScaler.Json;
using AgentScaler.Tools;
using AgentScaler.Tools.Sources;
using Microsoft.OpenApi.Reader;

namespace AgentScaler.Performance;

/// <summary>
/// Catalogue import: megabytes and tools a CPU second, and peak memory. Beside it, on the OpenAPI documents in JSON among them, what
/// Microsoft.OpenApi takes to parse alone; our figure includes inlining, normal form and screening.
/// </summary>
internal static class ImportBenchmark
{
    private const int Rounds = 3;
    private const double Megabyte = 1e6;

    /// <summary>Imports the files and prints a table.</summary>
    public static int Run(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
        {
            Console.Error.WriteLine("import needs at least one file, folder or glob; see --help");
            return 2;
        }

        var files = SourceLocator.Locate(paths, Environment.CurrentDirectory).Files;
        var documents = files.Select(file => CatalogueDocument.Of(File.ReadAllBytes(file.Path), file.Name)).ToList();
        var size = documents.Sum(document => document.Bytes.Length) / Megabyte;
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64 / Megabyte;
        var first = Measure(() => CatalogueImporter.Import(documents, new ToolSettings()), out var outcome);
        process.Refresh();
        var peak = (process.PeakWorkingSet64 / Megabyte) - before;
        var best = Enumerable.Range(0, Rounds - 1).Select(_ => Measure(() => CatalogueImporter.Import(documents, new ToolSettings()), out ImportOutcome _)).Prepend(first).Min();

        var hash = Sha256Text.Of(System.Text.Encoding.UTF8.GetBytes(string.Concat(outcome.Tools.Select(CanonicalJson.Serialize))));
        Console.WriteLine(Text($"{documents.Count} documents, {size:N1} MB, {outcome.Report.Totals.Read} tools read, {outcome.Tools.Count} kept; hash of the tools {hash[..12]}"));
        Print("AgentScaler, all documents", size, best, outcome.Report.Totals.Read);
        Console.WriteLine(Text($"  peak memory above the documents themselves: {peak:N0} MB = {(peak + size) / size:N1} x their size with them"));
        var dialects = outcome.Report.Documents.ToDictionary(report => report.Sha256, report => report.Dialect, StringComparer.Ordinal);
        foreach (var group in documents.GroupBy(document => dialects[document.Sha256], StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var seconds = Enumerable.Range(0, Rounds).Min(_ => Measure(() => CatalogueImporter.Import(group, new ToolSettings()), out outcome));
            Print("  " + group.Key, group.Sum(document => document.Bytes.Length) / Megabyte, seconds, outcome.Report.Totals.Read);
        }

        Compare([.. documents.Where(document => dialects[document.Sha256].StartsWith("openapi-", StringComparison.Ordinal) && document.Bytes.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..])]);
        return 0;
    }

    private static void Compare(List<CatalogueDocument> documents)
    {
        if (documents.Count == 0)
        {
            return;
        }

        var size = documents.Sum(document => document.Bytes.Length) / Megabyte;
        var failed = 0;
        var theirs = double.MaxValue;
        var ours = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            failed = 0;
            theirs = Math.Min(theirs, Measure(() => documents.Count(document => Parse(document, ref failed)), out _));
            ours = Math.Min(ours, Measure(() => CatalogueImporter.Import(documents, new ToolSettings()), out _));
        }

        Console.WriteLine(Text($"the {documents.Count} OpenAPI documents in JSON, {size:N1} MB, side by side:"));
        Print("  AgentScaler: tools in normal form", size, ours, null);
        Print(Text($"  Microsoft.OpenApi 3.11.0: parsed only, {failed} failed"), size, theirs, null);
    }

    private static bool Parse(CatalogueDocument document, ref int failed)
    {
        try
        {
            using var stream = new MemoryStream(document.Bytes.ToArray(), writable: false);
            if (OpenApiModelFactory.Load(stream, "json", new OpenApiReaderSettings()).Document is not null)
            {
                return true;
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It throws on some documents; that is counted, not hidden.
        }

        failed++;
        return false;
    }

    /// <summary>Runs once on a clean heap.</summary>
    /// <returns>CPU seconds of the process, all its threads.</returns>
    private static double Measure<T>(Func<T> action, out T result)
    {
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        result = action();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static void Print(string name, double megabytes, double seconds, int? tools)
    {
        var perSecond = tools is { } count ? Text($"{count / seconds,12:N0} tools/cpu s") : "";
        Console.WriteLine(Text($"{name,-58} {megabytes,8:N1} MB {seconds,8:N2} cpu s {megabytes / seconds,8:N1} MB/cpu s {perSecond}"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
