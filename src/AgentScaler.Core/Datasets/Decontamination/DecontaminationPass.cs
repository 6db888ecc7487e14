using System.Runtime.CompilerServices;
using System.Text.Json;
using AgentScaler.Json;

namespace AgentScaler.Datasets.Decontamination;

/// <summary>
/// Goes through the files of a dataset and looks every record up: the tasks first, since a contaminated task contaminates its trajectories, those without a line among them as far as what
/// their users say tells; then the trajectories, and where a dataset without contaminated ones is written the rejected ones, the pairs, the tasks and their difficulties. Memory: the ids of tasks and of contaminated trajectories.
/// </summary>
/// <param name="root">The folder that holds <c>dataset/</c>.</param>
/// <param name="progress">Gets how far the reading of each file is.</param>
internal sealed class DecontaminationPass(string root, DatasetManifest manifest, TrajectoryProbe probe, IProgress<CountProgress>? progress)
{
    public const string Canonical = "dataset/canonical.jsonl";
    public const string Rejected = "rejected.jsonl";
    public const string Preferences = "dataset/preferences.jsonl";
    public const string Tasks = "dataset/tasks.jsonl";
    public const string Difficulty = "dataset/difficulty.jsonl";
    private const int MostProblems = 200;

    private readonly Dictionary<string, IReadOnlyList<ContaminationKind>> tasks = new(StringComparer.Ordinal);
    private readonly HashSet<string> excluded = new(StringComparer.Ordinal);
    private readonly HashSet<string> contaminatedWithoutKept = new(StringComparer.Ordinal);
    private readonly List<DatasetProblem> problems = [];

    /// <summary>What was found.</summary>
    public ContaminationTally Tally { get; } = new();

    /// <summary>What the clean trajectories are.</summary>
    public CleanRows Clean { get; } = new();

    /// <summary>The first records that can't be looked up.</summary>
    public IReadOnlyList<DatasetProblem> Problems => problems;

    /// <summary>How many there are.</summary>
    public long ProblemsInAll { get; private set; }

    /// <summary>Whether all tasks of the dataset are in the one that is written.</summary>
    public bool HasAllTasks { get; private set; } = true;

    /// <summary>Looks all records up.</summary>
    /// <param name="target">Where files of a dataset go.</param>
    /// <returns>The files of a dataset that were written.</returns>
    public async Task<IReadOnlyList<DatasetFile>> RunAsync(DecontaminationMode mode, string target, DatasetFileWriter findings, CancellationToken cancellationToken)
    {
        await foreach (var (_, task, number) in RecordsAsync(Tasks, true, cancellationToken))
        {
            if (Look(() => probe.Task(task), Tasks, number) is { } outcome)
            {
                tasks[outcome.Id] = Tally.AddTask(outcome);
                await ListAsync(outcome, findings, cancellationToken);
            }
        }

        await LearnUnlistedAsync(cancellationToken);
        switch (mode)
        {
            case DecontaminationMode.Exclude:
                return await ExcludeAsync(target, findings, cancellationToken);
            case DecontaminationMode.Mark:
                await using (var marks = new DatasetFileWriter(Path.Combine(root, "dataset", ContaminationMark.FileName)))
                {
                    await TrajectoriesAsync(findings, (outcome, kinds, _, _) => marks.LineAsync(
                        DatasetJson.Line(new ContaminationMark { Episode = outcome.Id, Environment = outcome.Environment, Contaminated = kinds.Count > 0, Kinds = kinds }), cancellationToken), cancellationToken);

                    // Marks are no trajectories: a manifest counts rows of those only.
                    return [await marks.CompleteAsync("dataset/" + ContaminationMark.FileName, null, cancellationToken)];
                }

            default:
                await TrajectoriesAsync(findings, (_, _, _, _) => Task.CompletedTask, cancellationToken);
                return [];
        }
    }

    private async Task<IReadOnlyList<DatasetFile>> ExcludeAsync(string target, DatasetFileWriter findings, CancellationToken cancellationToken)
    {
        var written = new List<DatasetFile>();
        await WriteAsync(Canonical, rows => TrajectoriesAsync(
            findings,
            async (outcome, kinds, line, record) =>
            {
                if (kinds.Count == 0)
                {
                    Clean.Add(outcome, record.GetProperty("metadata"));
                    await rows.LineAsync(line, cancellationToken);
                }
                else
                {
                    excluded.Add(outcome.Id);
                }
            },
            cancellationToken));
        await WriteAsync(Rejected, async rows =>
        {
            await foreach (var (line, record, number) in RecordsAsync(Rejected, true, cancellationToken))
            {
                if (Look(() => probe.Trajectory(record), Rejected, number) is not { } outcome)
                {
                    continue;
                }

                if (IsClean(outcome))
                {
                    await rows.LineAsync(line, cancellationToken);
                }
                else
                {
                    excluded.Add(outcome.Id);
                }

                if (outcome.IsSharedContaminated)
                {
                    contaminatedWithoutKept.Add(outcome.Environment);
                }
            }
        });
        await WriteAsync(Preferences, async rows =>
        {
            await foreach (var (line, pair, number) in RecordsAsync(Preferences, true, cancellationToken))
            {
                if (Look(() => probe.Pair(pair), Preferences, number) is { } outcome && IsClean(outcome) && !IsExcluded(pair, "chosen") && !IsExcluded(pair, "rejected"))
                {
                    await rows.LineAsync(line, cancellationToken);
                }
            }
        });
        await WriteAsync(Tasks, async rows =>
        {
            await foreach (var (line, task, _) in RecordsAsync(Tasks, false, cancellationToken))
            {
                var isKept = Id(task, "task") is { } id && tasks.TryGetValue(id, out var kinds) && kinds.Count == 0 && Id(task, "environment") is { } environment && Clean.Has(environment);
                HasAllTasks &= isKept;
                if (isKept)
                {
                    await rows.LineAsync(CleanRows.WithKept(line, Clean.KeptOf(Id(task, "task")!)), cancellationToken);
                }
            }
        });
        await WriteAsync(Difficulty, async rows =>
        {
            await foreach (var (line, task, _) in RecordsAsync(Difficulty, true, cancellationToken))
            {
                // Of environments without kept trajectories there are difficulties, but no tasks; of a task that lost all of its trajectories they would tell of those.
                if (Id(task, "task") is { } id && Id(task, "environment") is { } environment && !IsContaminated(environment, id) && (Clean.KeptOf(id) > 0 || !HadKept(task)))
                {
                    await rows.LineAsync(CleanRows.WithKept(line, Clean.KeptOf(id)), cancellationToken);
                }
            }
        });
        return written;

        async Task WriteAsync(string path, Func<DatasetFileWriter, Task> write)
        {
            if (manifest.Files.Any(listed => listed.Path == path))
            {
                await using var rows = new DatasetFileWriter(Path.Combine([target, .. path.Split('/')]));
                await write(rows);
                written.Add(await rows.CompleteAsync(path, rows.Rows, cancellationToken));
            }
        }
    }

    /// <summary>Tasks that have no line are known by their trajectories only.</summary>
    private async Task LearnUnlistedAsync(CancellationToken cancellationToken)
    {
        if (manifest.Counts.TasksLeftOut == 0 && manifest.Files.Any(file => file.Path == Tasks))
        {
            return;
        }

        var unlisted = new Dictionary<string, SortedSet<ContaminationKind>>(StringComparer.Ordinal);
        await foreach (var (_, record, _) in RecordsAsync(Canonical, false, cancellationToken))
        {
            try
            {
                if (record.ValueKind == JsonValueKind.Object && record.TryGetProperty("metadata", out var metadata) && Id(metadata, "task") is { } id && !tasks.ContainsKey(id)
                    && probe.SaidByUser(record).ToList() is { Count: > 0 } kinds)
                {
                    unlisted[id] = [.. unlisted.GetValueOrDefault(id) ?? [], .. kinds];
                }
            }
            catch (InvalidOperationException)
            {
                // Told when the trajectories are looked up.
            }
        }

        foreach (var (id, kinds) in unlisted)
        {
            tasks[id] = [.. kinds];
        }
    }

    /// <summary>Looks the kept trajectories up.</summary>
    /// <param name="visit">Is given each with the kinds that contaminate it, none if it is clean.</param>
    private async Task TrajectoriesAsync(
        DatasetFileWriter findings, Func<TrajectoryProbe.Outcome, IReadOnlyList<ContaminationKind>, string, JsonElement, Task> visit, CancellationToken cancellationToken)
    {
        await foreach (var (line, record, number) in RecordsAsync(Canonical, true, cancellationToken))
        {
            if (Look(() => probe.Trajectory(record), Canonical, number) is { } outcome)
            {
                var kinds = Tally.Add(outcome, tasks.GetValueOrDefault(outcome.Task) ?? []);
                await ListAsync(outcome, findings, cancellationToken);
                await visit(outcome, kinds, line, record);
            }
        }
    }

    private bool IsClean(TrajectoryProbe.Outcome outcome) =>
        !outcome.IsContaminated && !IsContaminated(outcome.Environment, outcome.Task);

    private bool IsContaminated(string environment, string task) =>
        Tally.IsContaminated(environment) || contaminatedWithoutKept.Contains(environment) || tasks.GetValueOrDefault(task) is { Count: > 0 };

    private static bool HadKept(JsonElement task) => task.TryGetProperty("kept", out var kept) && kept.ValueKind == JsonValueKind.Number && kept.TryGetInt64(out var count) && count > 0;

    private bool IsExcluded(JsonElement pair, string name) => Id(pair, name) is { } id && excluded.Contains(id);

    private static string? Id(JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var id) && id.ValueKind == JsonValueKind.String ? JsonText.Of(id) : null;

    private static async Task ListAsync(TrajectoryProbe.Outcome outcome, DatasetFileWriter findings, CancellationToken cancellationToken)
    {
        foreach (var finding in outcome.Shared.Concat(outcome.Own))
        {
            await findings.LineAsync(CanonicalJson.Serialize(finding), cancellationToken);
        }
    }

    /// <summary>The records of a file; none where the manifest doesn't list it. A record is valid until the next is read.</summary>
    private async IAsyncEnumerable<(string Line, JsonElement Record, long Number)> RecordsAsync(string path, bool report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (manifest.Files.FirstOrDefault(file => file.Path == path) is not { } listed)
        {
            yield break;
        }

        long number = 0;
        var what = $"rows of {path} read";
        await foreach (var line in DatasetRows.ReadAsync(Path.Combine([root, .. path.Split('/')]), cancellationToken))
        {
            number++;
            progress?.Report(new CountProgress(number, listed.Rows ?? 0, what));
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 256 });
            }
            catch (JsonException e)
            {
                if (report)
                {
                    Add(path, number, "$", $"expected a record: {e.Message}");
                }

                continue;
            }

            using (document)
            {
                yield return (line, document.RootElement, number);
            }
        }
    }

    private TrajectoryProbe.Outcome? Look(Func<TrajectoryProbe.Outcome> look, string path, long number)
    {
        try
        {
            return look();
        }
        catch (RecordFormatException e)
        {
            Add(path, number, e.Place, e.Expected);
        }
        catch (InvalidOperationException e)
        {
            // Keys with half a surrogate pair can't be compared.
            Add(path, number, "$", $"expected a record: {e.Message}");
        }

        return null;
    }

    private void Add(string path, long number, string place, string expected)
    {
        ProblemsInAll++;
        if (problems.Count < MostProblems)
        {
            problems.Add(new DatasetProblem(path, number, place, expected));
        }
    }
}
