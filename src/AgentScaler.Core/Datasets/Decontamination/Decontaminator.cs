using AgentScaler.Campaigns;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// Compares a dataset with benchmarks in one pass over its rows (pipeline.md, stage 7). Tools and policies contaminate their environment with all its trajectories, texts and rows of
/// a task all trajectories of it, others the trajectory they stand in. Of a task that has no line (<see cref="DatasetCounts.TasksLeftOut"/>) only the texts are known, from what its users say in kept
/// trajectories; rows contaminate the trajectory that shows them. Memory: the benchmark's index, some hundred bytes an environment, and about as much a task.
/// </summary>
public sealed class Decontaminator
{
    private const string Folder = "decontamination";

    private readonly DecontaminationRequest request;
    private readonly string root;
    private readonly string target;
    private readonly BenchmarkIndex index;

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
    }

    /// <summary>Compares, and writes what the mode asks for: always <c>report.json</c> and <c>findings.jsonl</c>.</summary>
    /// <param name="progress">Gets how far the reading of each file is, or null.</param>
    /// <returns>The report, and the folder it was written to.</returns>
    /// <exception cref="DatasetException">There is no dataset, nowhere to write or something there already, or nothing in the benchmark to compare with.</exception>
    /// <exception cref="Tools.Sources.SourceException">A path of the benchmark does not exist.</exception>
    public static Task<(DecontaminationReport Report, string Folder)> RunAsync(DecontaminationRequest request, IProgress<CountProgress>? progress, CancellationToken cancellationToken) =>
        new Decontaminator(request).RunAsync(progress, cancellationToken);

    private async Task<(DecontaminationReport Report, string Folder)> RunAsync(IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var manifest = await DatasetManifestFile.ReadAsync(root, cancellationToken);
        var against = await new BenchmarkReader(index).ReadAsync(request.Against, Directory.GetCurrentDirectory(), progress, cancellationToken);
        if (!against.Any(file => file.HasAny))
        {
            throw new DatasetException(
                $"nothing to compare with in {string.Join(", ", request.Against)}: expected tools, texts or rows in JSON, JSON lines, Markdown, text or Python; "
                + string.Join("; ", against.Take(3).Select(file => $"{file.Name}: {file.Problem ?? "holds none"}")));
        }

        var folder = request.Mode == DecontaminationMode.Exclude ? Path.Combine(target, Folder) : request.Out ?? Path.Combine(root, Folder);
        var pass = new DecontaminationPass(root, manifest, new TrajectoryProbe(index), progress);
        IReadOnlyList<DatasetFile> written;
        await using (var findings = new DatasetFileWriter(Path.Combine(folder, DecontaminationReport.FindingsName)))
        {
            written = await pass.RunAsync(request.Mode, target, findings, cancellationToken);
            await findings.CompleteAsync(DecontaminationReport.FindingsName, findings.Rows, cancellationToken);
        }

        var report = new DecontaminationReport
        {
            Mode = request.Mode,
            Settings = request.Settings,
            Trajectories = pass.Tally.Trajectories,
            Contaminated = pass.Tally.Contaminated,
            Environments = pass.Tally.Environments,
            ContaminatedEnvironments = pass.Tally.ContaminatedEnvironments,
            Kinds = pass.Tally.Kinds,
            Against = against,
            Findings = pass.Tally.First,
            FindingsInAll = pass.Tally.Findings,
            Problems = pass.Problems,
            ProblemsInAll = pass.ProblemsInAll,
        };
        await DatasetFileWriter.WriteAsync(
            Path.Combine(folder, DecontaminationReport.FileName), DecontaminationReport.FileName, CanonicalJson.Serialize(report) + "\n", cancellationToken);
        if (request.Mode != DecontaminationMode.Report)
        {
            await DescribeAsync(manifest, report, pass, written, cancellationToken);
        }

        return (report, folder);
    }

    /// <summary>Writes manifest and card anew, and copies the funnel's account and the campaign's document; files of other formats hold the old rows and are not taken along.</summary>
    private async Task DescribeAsync(DatasetManifest before, DecontaminationReport report, DecontaminationPass pass, IReadOnlyList<DatasetFile> written, CancellationToken cancellationToken)
    {
        const string Card = "dataset/README.md", Funnel = "dataset/funnel.json";
        var after = before with
        {
            Decontamination = new DatasetDecontamination(
                request.Mode, request.Settings, [.. report.Against.Where(file => file.HasAny).Select(file => file.Name)], report.Trajectories, report.Contaminated, report.Kinds)
            {
                NotRead = report.Against.Count(file => file.Problem is not null),
            },
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
                    Kept = Rows(DecontaminationPass.Canonical),
                    Rejected = Rows(DecontaminationPass.Rejected),
                    EnvironmentsWithKept = pass.Tally.Environments - pass.Tally.EnvironmentsWithoutClean,
                    TasksLeftOut = before.Counts.Tasks - Rows(DecontaminationPass.Tasks),
                },
                Licences = pass.Clean.Licences,
                Difficulty = pass.Clean.Difficulty,

                // Which edges the tasks that are left cover can't be told from here.
                Coverage = pass.HasAllTasks ? before.Coverage : null,
            };
            kept = kept.Where(file => file.Path == Funnel);
            if (kept.Any())
            {
                File.Copy(Path.Combine(root, "dataset", "funnel.json"), Path.Combine(target, "dataset", "funnel.json"), overwrite: true);
            }
        }

        var campaign = Path.Combine(root, CampaignFolder.DocumentName);
        if (request.Mode == DecontaminationMode.Exclude && File.Exists(campaign))
        {
            // 'dataset phases' takes its settings from there.
            File.Copy(campaign, Path.Combine(target, CampaignFolder.DocumentName));
        }

        var cardPath = Path.Combine(root, "dataset", "README.md");
        IReadOnlyList<DatasetFile> files = [.. kept, .. written];
        var card = DatasetCardRevision.Of(File.Exists(cardPath) ? await File.ReadAllTextAsync(cardPath, cancellationToken) : "", before, after with { Files = files });
        var listing = DatasetCardRevision.WithConfigs(card, files.Select(file => file.Path));
        var cardFile = await DatasetFileWriter.WriteAsync(Path.Combine(target, "dataset", "README.md"), Card, listing ?? card, cancellationToken);
        await DatasetManifestFile.WriteAsync(target, after with { Files = [.. files, cardFile] }, cancellationToken);
        if (request.Mode == DecontaminationMode.Mark && listing is not null)
        {
            // Formats that were exported here stay; the manifest does not list them.
            await DatasetCardFile.RefreshAsync(target, cancellationToken);
        }
    }
}
