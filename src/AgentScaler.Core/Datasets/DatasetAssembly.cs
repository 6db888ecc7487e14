using System.Security.Cryptography;
using AgentScaler.Datasets.Writers;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Datasets;

/// <summary>Joins the pages of a campaign into its dataset. It holds the pages' accounts, the difficulty of every task, and one trajectory of each page at a time.</summary>
/// <param name="prefix">Where the files go, ending in <c>/</c>.</param>
public sealed class DatasetAssembly(IArtifactStore artifacts, DatasetOrigin origin, string prefix)
{
    private const string ScriptedNotice =
        "Scripted episodes: user and agent follow templates, without any model. They prove the pipeline and are no substitute for model-made data.";

    private const string ModelNotice = "Episodes between a simulated user and an agent, both models, in executable environments.";

    /// <summary>Writes all files, the manifest last.</summary>
    /// <param name="tools">Reference of the imported tools, a line each.</param>
    /// <param name="domains">Reference of the domains, a line each.</param>
    /// <param name="pages">References of the pages' results.</param>
    public async Task<DatasetManifest> RunAsync(string tools, string domains, IReadOnlyList<string> pages, CancellationToken cancellationToken)
    {
        var read = new List<DatasetPage>();
        foreach (var page in pages)
        {
            read.Add(await artifacts.ReadJsonAsync<DatasetPage>(page, cancellationToken));
        }

        await SortedTrajectories.MergeAsync(artifacts, prefix + "canonical.jsonl", [.. read.Select(page => page.Kept)], cancellationToken);
        await SortedTrajectories.MergeAsync(artifacts, prefix + "rejected.jsonl", [.. read.Select(page => page.Rejected)], cancellationToken);
        await DatasetTasks.WriteAsync(artifacts, prefix + "tasks.jsonl", read.SelectMany(page => page.Judgements), cancellationToken);
        if (origin.Pairs)
        {
            await SortedTrajectories.MergeAsync(artifacts, prefix + "preferences.jsonl", [.. read.Select(page => page.Preferences)], TrajectoryLine.ReadPair, cancellationToken);
        }

        await SortedTrajectories.MergeAsync(artifacts, prefix + "difficulty.jsonl", [.. read.Select(page => page.Difficulty)], TrajectoryLine.ReadDifficulty, cancellationToken);
        var tasks = await ReadDifficultyAsync(cancellationToken);
        var report = Report(read, tasks);
        await artifacts.TryCreateJsonAsync(prefix + "funnel.json", report, cancellationToken);
        var generators = read.SelectMany(page => page.Generators).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var plan = DifficultyPlanner.Plan(tasks, origin.Funnel.Difficulty, origin.Episodes.MoreTrials, generators.All(generator => generator == ScriptedCast.Scripted));
        await artifacts.TryCreateJsonAsync(prefix + DifficultyPlan.FileName, plan, cancellationToken);
        var provable = await CountLinesAsync(prefix + "tasks.jsonl", cancellationToken);
        var manifest = new DatasetManifest
        {
            About = generators.All(generator => generator == ScriptedCast.Scripted) ? ScriptedNotice : ModelNotice,
            Generator = generators.Count == 0 ? ScriptedCast.Scripted : string.Join(", ", generators),
            Models = origin.Models,
            Name = origin.Name,
            Identity = origin.Identity,
            Seed = origin.Seed,
            SchemaVersion = TrajectoryMetadata.Shape,
            Software = "AgentScaler " + typeof(DatasetAssembly).Assembly.GetName().Version!.ToString(3),
            Licences = [.. read.SelectMany(page => page.Licences).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Counts = new DatasetCounts(
                await CountLinesAsync(tools, cancellationToken),
                await CountLinesAsync(domains, cancellationToken),
                report.Environments.Count,
                report.Environments.Count(environment => environment.Counts.Kept > 0),
                report.Environments.Sum(environment => (long)environment.Tasks),
                report.Total.Episodes,
                report.Total.Kept,
                report.Total.Episodes - report.Total.Kept)
            {
                TasksLeftOut = report.Environments.Sum(environment => (long)environment.Tasks) - provable,
            },
            Steps = Steps(),
            Coverage = await DatasetCoverage.ReadAsync(artifacts, read, cancellationToken),
            Difficulty = await DatasetDifficulty.CountAsync(artifacts, prefix + "canonical.jsonl", cancellationToken),
            Funnel = report.Total,
            Review = origin.Review,
            Files =
            [
                await DescribeAsync("dataset/canonical.jsonl", "canonical.jsonl", report.Total.Kept, cancellationToken),
                await DescribeAsync("dataset/difficulty.jsonl", "difficulty.jsonl", tasks.Count, cancellationToken),
                await DescribeAsync("dataset/" + DifficultyPlan.FileName, DifficultyPlan.FileName, null, cancellationToken),
                await DescribeAsync("dataset/funnel.json", "funnel.json", null, cancellationToken),
                .. origin.Pairs ? [await DescribeAsync("dataset/preferences.jsonl", "preferences.jsonl", report.Pairs.Pairs, cancellationToken)] : Array.Empty<DatasetFile>(),
                await DescribeAsync("dataset/tasks.jsonl", "tasks.jsonl", provable, cancellationToken),
                await DescribeAsync("rejected.jsonl", "rejected.jsonl", report.Total.Episodes - report.Total.Kept, cancellationToken),
            ],
        };
        manifest = manifest with { Files = [.. manifest.Files, .. await ExportAsync(manifest, cancellationToken)] };
        var rejectedDomains = read.SelectMany(page => page.RejectedDomains).OrderBy(domain => domain.Domain, StringComparer.Ordinal).ToList();
        await artifacts.TryCreateTextAsync(prefix + "card.md", DatasetCard.Write(manifest, report, origin, rejectedDomains), cancellationToken);
        var card = await DescribeAsync("dataset/README.md", "card.md", null, cancellationToken);
        manifest = manifest with { Files = [.. manifest.Files.Append(card).OrderBy(file => file.Path, StringComparer.Ordinal)] };
        await artifacts.TryCreateJsonAsync(prefix + DatasetManifest.FileName, manifest, cancellationToken);
        return manifest;
    }

    private async Task<IReadOnlyList<DatasetFile>> ExportAsync(DatasetManifest manifest, CancellationToken cancellationToken)
    {
        var files = new List<DatasetFile>();
        var exporter = new DatasetExporter(new ArtifactExportPlace(artifacts, prefix), manifest, null);
        foreach (var format in origin.Formats.Distinct().Select(DatasetFormat.Of))
        {
            if ((await exporter.WriteAsync(format, cancellationToken)).Manifest is { } written)
            {
                var path = ExportManifest.PathOf(format.Name);
                files.AddRange(written.Files);
                files.Add(await DescribeAsync(path, ArtifactExportPlace.NameOf(path), null, cancellationToken));
            }
        }

        return files;
    }

    private static SortedDictionary<string, int> Steps()
    {
        var steps = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var step in StepNames.All)
        {
            steps[step.Name] = step.Version;
        }

        return steps;
    }

    private async Task<IReadOnlyList<TaskDifficulty>> ReadDifficultyAsync(CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(prefix + "difficulty.jsonl", cancellationToken);
        using var reader = new StreamReader(stream);
        var tasks = new List<TaskDifficulty>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            tasks.Add(DatasetJson.Read<TaskDifficulty>(System.Text.Encoding.UTF8.GetBytes(line)));
        }

        return tasks;
    }

    private static FunnelReport Report(List<DatasetPage> pages, IReadOnlyList<TaskDifficulty> tasks)
    {
        var environments = pages.SelectMany(page => page.Environments).OrderBy(environment => environment.Environment, StringComparer.Ordinal).ToList();
        return new FunnelReport(
            FunnelCounts.Sum(environments.Select(environment => environment.Counts)),
            ConfusionTable.Sum(pages.Select(page => page.Confusion)),
            environments)
        {
            Difficulty = DifficultyReport.Of(tasks),
            Pairs = PairCounts.Sum(environments.Select(environment => environment.Pairs)),
        };
    }

    private async Task<DatasetFile> DescribeAsync(string path, string artifact, long? rows, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(prefix + artifact, cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        long bytes = 0;
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; bytes += read)
        {
            hash.AppendData(buffer, 0, read);
        }

        return new DatasetFile(path, artifact, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, rows);
    }

    private async Task<long> CountLinesAsync(string artifact, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(artifact, cancellationToken);
        var buffer = new byte[1 << 16];
        long lines = 0;
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return lines;
    }

    private async Task<Stream> OpenAsync(string artifact, CancellationToken cancellationToken) =>
        await artifacts.OpenReadAsync(artifact, cancellationToken) ?? throw new StoreException($"artifact '{artifact}' does not exist");
}
