using System.Text;
using System.Text.Json;
using AgentScaler.Datasets.Validation;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>
/// Checks a written dataset as its consumers would: every row JSON with the same keys, messages in the order chat templates take, calls
/// answered and their arguments valid, loss on the assistant only, ids sorted and unique, and all of it what the manifest says; and every format that
/// it was exported in, by that consumer's rule. Files stream by.
/// </summary>
public static class DatasetValidator
{
    /// <summary>Checks a dataset.</summary>
    /// <param name="directory">A campaign's folder, the <c>dataset</c> folder in it, or a folder that formats were exported to.</param>
    /// <returns>All problems, in the order of files and lines; empty if the dataset is sound.</returns>
    public static Task<IReadOnlyList<DatasetProblem>> ValidateAsync(string directory, CancellationToken cancellationToken) => ValidateAsync(directory, null, cancellationToken);

    /// <inheritdoc cref="ValidateAsync(string, CancellationToken)"/>
    /// <param name="progress">Told how many rows of each file are checked; or null.</param>
    public static async Task<IReadOnlyList<DatasetProblem>> ValidateAsync(string directory, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var root = DatasetFolder.FindRoot(directory);
        const string Name = "dataset/" + DatasetManifest.FileName;
        var problems = new List<DatasetProblem>();
        if (root is null && FormatValidator.HasAny(directory))
        {
            await FormatValidator.CheckAsync(directory, null, problems, progress, cancellationToken);
            return problems;
        }

        if (root is null)
        {
            return [new(Name, 0, "$", $"expected '{directory}' to be a campaign's folder, its folder 'dataset', or the folder that formats' folders were exported to")];
        }

        DatasetManifest manifest;
        try
        {
            await using var stream = File.OpenRead(Path.Combine(root, "dataset", DatasetManifest.FileName));
            manifest = await JsonSerializer.DeserializeAsync<DatasetManifest>(stream, ArtifactJson.Options, cancellationToken)
                ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            return [new(Name, 0, e.Path ?? "$", $"expected a manifest: {e.Message}")];
        }

        foreach (var file in manifest.Files)
        {
            await CheckFileAsync(root, file, problems, progress, cancellationToken);
        }

        CheckCount(manifest, "dataset/canonical.jsonl", manifest.Counts.Kept, "$.counts.kept", problems);
        CheckCount(manifest, "rejected.jsonl", manifest.Counts.Rejected, "$.counts.rejected", problems);
        await FormatValidator.CheckAsync(Path.Combine(root, "dataset"), manifest, problems, progress, cancellationToken);
        return problems;
    }

    private static void CheckCount(DatasetManifest manifest, string path, long count, string place, List<DatasetProblem> problems)
    {
        var rows = manifest.Files.FirstOrDefault(file => file.Path == path)?.Rows;
        if (rows != count)
        {
            var listed = rows is null ? "not listed" : $"{rows}";
            problems.Add(new("dataset/" + DatasetManifest.FileName, 0, place, $"expected the rows of {path} ({listed}), found {count}"));
        }
    }

    private static async Task CheckFileAsync(
        string root, DatasetFile file, List<DatasetProblem> problems, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var segments = file.Path.Split('/');
        if (segments.Any(segment => segment is "" or "." or ".."))
        {
            problems.Add(new("dataset/" + DatasetManifest.FileName, 0, "$.files", $"expected a path within the campaign's folder, found '{file.Path}'"));
            return;
        }

        var path = Path.Combine([root, .. segments]);
        if (!File.Exists(path))
        {
            problems.Add(new(file.Path, 0, "$", "expected the file that the manifest lists, found none"));
            return;
        }

        await FileBytes.CheckAsync(path, file, problems, cancellationToken);
        if (file.Rows is not { } rows || FormatRules.Formats.Any(format => file.Path.StartsWith($"dataset/{format}/", StringComparison.Ordinal)))
        {
            return;
        }

        IRowCheck? check = file.Path switch { "dataset/tasks.jsonl" => new DatasetTaskCheck(), "dataset/preferences.jsonl" => new PreferencePairCheck(), "dataset/difficulty.jsonl" => new DifficultyCheck(), _ => null };
        await (check is null
            ? CheckRowsAsync(path, file.Path, rows, problems, progress, cancellationToken)
            : RowReading.CheckAsync(path, file.Path, rows, check, problems, progress, cancellationToken));
    }

    private static async Task CheckRowsAsync(
        string path, string name, long rows, List<DatasetProblem> problems, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var check = new TrajectoryCheck(name, kept: name.EndsWith("canonical.jsonl", StringComparison.Ordinal));
        long line = 0;
        var before = problems.Count;
        var what = RowReading.Counted(name);
        using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        try
        {
            while (await reader.ReadLineAsync(cancellationToken) is { } text)
            {
                problems.AddRange(check.Row(++line, text));
                progress?.Report(new CountProgress(line, rows, what));
                if (problems.Count - before > RowReading.MostProblems)
                {
                    problems.Add(new(name, line, "$", $"more than {RowReading.MostProblems} problems; the rest of the file was not read"));
                    return;
                }
            }
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new(name, line + 1, "$", "expected UTF-8"));
            return;
        }

        if (line != rows)
        {
            problems.Add(new(name, 0, "$", $"expected {rows} rows as the manifest says, found {line}"));
        }
    }
}
