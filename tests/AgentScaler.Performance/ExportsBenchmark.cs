using System.Diagnostics;
using System.Globalization;
using AgentScaler.Datasets.Writers;

namespace AgentScaler.Performance;

/// <summary>Exports a synthetic dataset in every format, as <c>dataset export</c> does: rows a second, megabytes, peak memory of the process.</summary>
internal static class ExportsBenchmark
{
    private const long DefaultRows = 1_000_000;
    private const double MostMegabytes = 500;
    private const double Megabyte = 1_000_000;

    /// <summary>Runs it, prints a line a format, and checks the memory.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (rows, formats) = (DefaultRows, new List<DatasetFormat>());
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--rows" && i + 1 < args.Length && long.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0)
            {
                rows = given;
            }
            else if (DatasetFormat.Find(args[i]) is { } format)
            {
                formats.Add(format);
            }
            else
            {
                await Console.Error.WriteLineAsync($"expected --rows N or a format's name, found '{args[i]}'");
                return 2;
            }
        }

        var dataset = new SyntheticDataset(rows);
        var watch = Stopwatch.StartNew();
        var manifest = await dataset.DescribeAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{rows:N0} rows of each input, made and hashed in {watch.Elapsed.TotalSeconds:0.0} s; that is part of every format's time once more"));
        using var place = new Place(dataset);
        foreach (var format in formats.Count == 0 ? DatasetFormat.All : formats)
        {
            var (started, used) = (watch.Elapsed, Environment.CpuUsage.TotalTime);
            var outcome = await new DatasetExporter(place, manifest, null).WriteAsync(format, CancellationToken.None);
            var (seconds, cpu) = ((watch.Elapsed - started).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
            var written = outcome.Manifest!.Files.Sum(file => file.Rows ?? 0);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{format.Name,-14} {written,10:N0} rows {written / seconds,9:N0} rows/s {written / cpu,9:N0} rows/cpu s {outcome.Manifest.Files.Sum(file => file.Bytes) / Megabyte,9:N1} MB  peak {Peak(),5:N0} MB"));
            place.Clear();
        }

        var memory = new Measurement("peak memory", Peak(), "MB", MostMegabytes, HigherIsBetter: false);
        Console.WriteLine(memory);
        return memory.IsMet ? 0 : 1;
    }

    private static double Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / Megabyte;
    }

    /// <summary>Reads what is made on the fly, and writes real files that are removed after each format.</summary>
    private sealed class Place : IExportPlace, IDisposable
    {
        private readonly SyntheticDataset dataset;
        private readonly string folder = Directory.CreateTempSubdirectory("agentscaler-exports-").FullName;
        private readonly FolderExportPlace files;

        public Place(SyntheticDataset dataset)
        {
            this.dataset = dataset;
            files = new FolderExportPlace(folder, folder);
        }

        public Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken) => Task.FromResult<Stream?>(dataset.Open(new ExportInput(path)));

        public Task<Stream?> OpenWrittenAsync(string path, CancellationToken cancellationToken) => files.OpenWrittenAsync(path, cancellationToken);

        public Task WriteAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => files.WriteAsync(path, write, cancellationToken);

        public Task DeleteAsync(string path, CancellationToken cancellationToken) => files.DeleteAsync(path, cancellationToken);

        public void Clear()
        {
            foreach (var format in Directory.EnumerateDirectories(folder))
            {
                Directory.Delete(format, recursive: true);
            }
        }

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
