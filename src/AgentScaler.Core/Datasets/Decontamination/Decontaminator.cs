using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// Compares a dataset with benchmarks in one pass over its rows (pipeline.md, stage 7). Tools and policies contaminate their environment with all its trajectories; texts and rows
/// contaminate the trajectory they stand in. Memory: the benchmark's index, and some hundred bytes an environment.
/// </summary>
public sealed class Decontaminator
{
    private const string Folder = "decontamination";
    private const int MostProblems = 200;

    /// <summary>Files that are made of the rows, and how their messages are called.</summary>
    private static readonly (string Path, string[] Messages)[] RowFiles =
    [
        ("dataset/canonical.jsonl", ["messages"]),
        ("rejected.jsonl", ["messages"]),
        ("dataset/preferences.jsonl", ["prompt", "preferred", "non_preferred"]),
        ("dataset/tasks.jsonl", ["prompt"]),
    ];

    private readonly DecontaminationRequest request;
    private readonly string root;
    private readonly string target;
    private readonly BenchmarkIndex index;
    private readonly TrajectoryProbe probe;
    private readonly ContaminationTally tally = new();
    private readonly List<DatasetProblem> problems = [];

    private Decontaminator(DecontaminationRequest request)
    {
        this.request = request;
        root = DatasetRows.FindRoot(request.Dataset);
        if (request.Mode == DecontaminationMode.Exclude && request.Out is null)
        {
            throw new DatasetException("expected another folder for the dataset without contaminated trajectories: name it with --out");
        }

        // What stands there is somebody's, and would be taken for a part of the new dataset.
        if (request.Mode == DecontaminationMode.Exclude && (File.Exists(request.Out) || (Directory.Exists(request.Out) && Directory.EnumerateFileSystemEntries(request.Out).Any())))
        {
            throw new DatasetException($"expected a folder for the new dataset that is empty or not there yet, found '{request.Out}' in use: name another with --out, or empty it");
        }

        target = request.Mode == DecontaminationMode.Exclude ? request.Out! : root;
        index = new BenchmarkIndex(request.Settings);
        probe = new TrajectoryProbe(index);
    }

    /// <summary>Compares, and writes what the mode asks for: always <c>report.json</c> and <c>findings.jsonl</c>.</summary>
    /// <param name="progress">Gets the number of rows read, now and then.</param>
    /// <returns>The report, and the folder it was written to.</returns>
    /// <exception cref="DatasetException">There is no dataset, nowhere to write or something there already, or nothing in the benchmark to compare with.</exception>
    /// <exception cref="Tools.Sources.SourceException">A path of the benchmark does not exist.</exception>
    public static Task<(DecontaminationReport Report, string Folder)> RunAsync(DecontaminationRequest request, IProgress<long>? progress, CancellationToken cancellationToken) =>
        new Decontaminator(request).RunAsync(progress, cancellationToken);

    private async Task<(DecontaminationReport Report, string Folder)> RunAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var manifest = await DatasetManifestFile.ReadAsync(root, cancellationToken);
        var against = await new BenchmarkReader(index).ReadAsync(request.Against, Directory.GetCurrentDirectory(), cancellationToken);
        if (against.All(file => file.Tools + file.Policies + file.Intents + file.Rows == 0))
        {
            throw new DatasetException(
                $"nothing to compare with in {string.Join(", ", request.Against)}: expected tools, texts or rows in JSON, JSON lines, Markdown, text or Python; "
                + string.Join("; ", against.Take(3).Select(file => $"{file.Name}: {file.Problem ?? "holds none"}")));
        }

        var folder = request.Mode == DecontaminationMode.Exclude ? Path.Combine(target, Folder) : request.Out ?? Path.Combine(root, Folder);
        var written = new List<DatasetFile>();
        await using (var findings = new DatasetFileWriter(Path.Combine(folder, DecontaminationReport.FindingsName)))
        {
            written.AddRange(await RowsAsync(manifest, findings, progress, cancellationToken));
            await findings.CompleteAsync(DecontaminationReport.FindingsName, findings.Rows, cancellationToken);
        }

        var report = new DecontaminationReport
        {
            Mode = request.Mode,
            Settings = request.Settings,
            Trajectories = tally.Trajectories,
            Contaminated = tally.Contaminated,
            Environments = tally.Environments,
            ContaminatedEnvironments = tally.ContaminatedEnvironments,
            Kinds = tally.Kinds,
            Against = against,
            Findings = tally.First,
            FindingsInAll = tally.Findings,
            Problems = problems,
        };
        await DatasetFileWriter.WriteAsync(
            Path.Combine(folder, DecontaminationReport.FileName), DecontaminationReport.FileName, CanonicalJson.Serialize(report) + "\n", cancellationToken);
        if (request.Mode != DecontaminationMode.Report)
        {
            await DescribeAsync(manifest, report, written, cancellationToken);
        }

        return (report, folder);
    }

    /// <summary>Reads the rows and writes what is made of them.</summary>
    /// <returns>The files of the dataset that were written.</returns>
    private async Task<IReadOnlyList<DatasetFile>> RowsAsync(DatasetManifest manifest, DatasetFileWriter findings, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var written = new List<DatasetFile>();
        var files = RowFiles.Where(file => manifest.Files.Any(listed => listed.Path == file.Path)).Take(request.Mode == DecontaminationMode.Exclude ? RowFiles.Length : 1);
        foreach (var (path, messages) in files)
        {
            var isDataset = path == RowFiles[0].Path;
            await using var rows = request.Mode switch
            {
                DecontaminationMode.Exclude => new DatasetFileWriter(Path.Combine([target, .. path.Split('/')])),
                DecontaminationMode.Mark => new DatasetFileWriter(Path.Combine(root, "dataset", ContaminationMark.FileName)),
                _ => null,
            };
            long number = 0;
            await foreach (var line in DatasetRows.ReadAsync(Path.Combine([root, .. path.Split('/')]), cancellationToken))
            {
                progress?.Report(++number);
                if (Look(line, path, messages, number) is not { } outcome)
                {
                    continue;
                }

                IReadOnlyList<ContaminationKind> kinds = [];
                if (isDataset)
                {
                    kinds = tally.Add(outcome);
                    foreach (var finding in outcome.Shared.Concat(outcome.Own))
                    {
                        await findings.LineAsync(CanonicalJson.Serialize(finding), cancellationToken);
                    }
                }

                if (request.Mode == DecontaminationMode.Mark)
                {
                    await rows!.LineAsync(DatasetJson.Line(new ContaminationMark { Episode = outcome.Episode, Environment = outcome.Environment, Contaminated = outcome.IsContaminated, Kinds = kinds }), cancellationToken);
                }
                else if (rows is not null && !outcome.IsContaminated)
                {
                    await rows.LineAsync(line, cancellationToken);
                }
            }

            if (rows is not null)
            {
                // Marks are no trajectories: a manifest counts rows of those only.
                written.Add(request.Mode == DecontaminationMode.Mark
                    ? await rows.CompleteAsync("dataset/" + ContaminationMark.FileName, null, cancellationToken)
                    : await rows.CompleteAsync(path, rows.Rows, cancellationToken));
            }
        }

        return written;
    }

    private TrajectoryProbe.Outcome? Look(string line, string path, string[] messages, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
            var record = document.RootElement;
            return messages is ["messages"]
                ? probe.Look(record)
                : probe.Look(record, record.GetProperty("environment").GetString()!, record.GetProperty(record.TryGetProperty("id", out _) ? "id" : "task").GetString()!, messages);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            if (problems.Count < MostProblems)
            {
                problems.Add(new DatasetProblem(path, number, "$", e is FormatException ? e.Message : $"expected a record: {e.Message}"));
            }

            return null;
        }
    }

    /// <summary>Writes manifest and card anew, and copies the funnel's account; files of other formats hold the old rows and are not taken along.</summary>
    private async Task DescribeAsync(DatasetManifest before, DecontaminationReport report, IReadOnlyList<DatasetFile> written, CancellationToken cancellationToken)
    {
        const string Card = "dataset/README.md", Funnel = "dataset/funnel.json";
        var after = before with
        {
            Decontamination = new DatasetDecontamination(
                request.Mode, request.Settings, [.. report.Against.Select(file => file.Name)], report.Trajectories, report.Contaminated, report.Kinds),
        };
        var rewritten = written.Select(file => file.Path).Append(Card).ToHashSet(StringComparer.Ordinal);
        var kept = before.Files.Where(file => !rewritten.Contains(file.Path));
        if (request.Mode == DecontaminationMode.Exclude)
        {
            long Rows(string path) => written.FirstOrDefault(file => file.Path == path)?.Rows ?? 0;
            after = after with
            {
                Counts = before.Counts with
                {
                    Kept = Rows(RowFiles[0].Path), Rejected = Rows(RowFiles[1].Path), EnvironmentsWithKept = tally.Environments - tally.EnvironmentsWithoutClean,
                },
            };
            kept = kept.Where(file => file.Path == Funnel);
            if (kept.Any())
            {
                File.Copy(Path.Combine(root, "dataset", "funnel.json"), Path.Combine(target, "dataset", "funnel.json"), overwrite: true);
            }
        }

        var cardPath = Path.Combine(root, "dataset", "README.md");
        var card = DatasetCardRevision.Of(File.Exists(cardPath) ? await File.ReadAllTextAsync(cardPath, cancellationToken) : "", before, after);
        IReadOnlyList<DatasetFile> files = [.. kept, .. written];
        card = DatasetCardRevision.WithConfigs(card, files.Select(file => file.Path));
        var cardFile = await DatasetFileWriter.WriteAsync(Path.Combine(target, "dataset", "README.md"), Card, card, cancellationToken);
        await DatasetManifestFile.WriteAsync(target, after with { Files = [.. files, cardFile] }, cancellationToken);
        if (request.Mode == DecontaminationMode.Mark)
        {
            // Formats that were exported here stay; the manifest does not list them.
            await DatasetCardFile.RefreshAsync(target, cancellationToken);
        }
    }
}
