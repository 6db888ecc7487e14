using System.Text.Json;
using AgentScaler.Datasets.Writers;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Validation;

/// <summary>Checks the formats that a dataset was written in: files, hashes and counts against each format's manifest, rows against its consumer's rule.</summary>
internal static class FormatValidator
{
    /// <summary>Whether a folder holds formats.</summary>
    public static bool HasAny(string folder) => FormatRules.Formats.Any(format => File.Exists(Path.Combine(folder, format, DatasetManifest.FileName)));

    /// <summary>Checks every format found in a folder.</summary>
    /// <param name="folder">The folder of the formats' folders.</param>
    /// <param name="dataset">The dataset they must be made from; null if it is not there.</param>
    /// <param name="progress">Told how many rows of each file are checked; or null.</param>
    public static async Task CheckAsync(string folder, DatasetManifest? dataset, List<DatasetProblem> problems, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (var format in FormatRules.Formats.Where(format => File.Exists(Path.Combine(folder, format, DatasetManifest.FileName))))
        {
            await CheckFormatAsync(Path.Combine(folder, format), format, dataset, problems, progress, cancellationToken);
        }
    }

    private static async Task CheckFormatAsync(
        string folder, string format, DatasetManifest? dataset, List<DatasetProblem> problems, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var name = ExportManifest.PathOf(format);
        ExportManifest manifest;
        try
        {
            await using var stream = File.OpenRead(Path.Combine(folder, DatasetManifest.FileName));
            manifest = await JsonSerializer.DeserializeAsync<ExportManifest>(stream, ArtifactJson.Options, cancellationToken) ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            problems.Add(new(name, 0, e.Path ?? "$", $"expected the manifest of a format: {e.Message}"));
            return;
        }

        if (manifest.Format != format)
        {
            problems.Add(new(name, 0, "$.format", $"expected '{format}', as the folder is called, found '{manifest.Format}'"));
        }

        foreach (var source in manifest.Sources.Where(source => dataset is not null && !dataset.Files.Contains(source)))
        {
            problems.Add(new(name, 0, "$.sources", $"expected to be made from this dataset's {source.Path}; export it again"));
        }

        var prefix = $"dataset/{format}/";
        foreach (var file in manifest.Files)
        {
            var own = file.Path.StartsWith(prefix, StringComparison.Ordinal) ? file.Path[prefix.Length..] : string.Empty;
            if (own.Length == 0 || own.Contains('/', StringComparison.Ordinal) || own is "." or "..")
            {
                problems.Add(new(name, 0, "$.files", $"expected a file in {prefix}, found '{file.Path}'"));
            }
            else
            {
                await CheckFileAsync(folder, format, own, file, problems, progress, cancellationToken);
            }
        }

        foreach (var path in Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            if (path != DatasetManifest.FileName && !manifest.Files.Any(file => file.Path == prefix + path))
            {
                problems.Add(new(prefix + path, 0, "$", "expected no file that the format's manifest does not list"));
            }
        }
    }

    private static async Task CheckFileAsync(
        string folder, string format, string own, DatasetFile file, List<DatasetProblem> problems, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, own);
        if (!File.Exists(path))
        {
            problems.Add(new(file.Path, 0, "$", "expected the file that the manifest lists, found none"));
            return;
        }

        await FileBytes.CheckAsync(path, file, problems, cancellationToken);
        if (FormatRules.Of(format, own) is { } check)
        {
            await RowReading.CheckAsync(path, file.Path, file.Rows ?? 0, check, problems, progress, cancellationToken);
        }
        else if (file.Rows is not null)
        {
            problems.Add(new(file.Path, 0, "$", $"expected one of the files of rows that {format} has: {string.Join(", ", FormatRules.Files.Where(known => known.Format == format).Select(known => known.File))}"));
        }
        else
        {
            await FormatDocuments.CheckAsync(format, folder, own, new RowExpectations((place, expected) => problems.Add(new(file.Path, 0, place, expected))), cancellationToken);
        }
    }
}
