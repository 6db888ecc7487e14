using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Json;

namespace AgentScaler.Training;

/// <summary>
/// Cuts a dataset into two phases (pipeline.md, stage 7): <c>phase1/</c> with all domains, <c>phase2/</c> with the target domains and some of phase 1 again, both with training and validation
/// of other environments, <c>heldout.jsonl</c>, and the plan. It holds about 200 bytes a trajectory: the index's 40, and those of the lists that are drawn from it;
/// lines are copied from the dataset as they are.
/// </summary>
public sealed class PhaseBuilder
{
    private static readonly JsonSerializerOptions Indented = new(ArtifactJson.Options) { WriteIndented = true };

    private readonly PhaseSettings settings;
    private readonly string root;
    private readonly string target;
    private readonly PhaseIndex index;
    private readonly DatasetManifest manifest;
    private readonly IProgress<CountProgress>? progress;
    private readonly List<string> notes = [];

    private PhaseBuilder(PhaseSettings settings, string root, string target, PhaseIndex index, DatasetManifest manifest, IProgress<CountProgress>? progress)
    {
        this.settings = settings;
        this.root = root;
        this.target = target;
        this.index = index;
        this.manifest = manifest;
        this.progress = progress;
    }

    /// <summary>Writes both phases, the plan last.</summary>
    /// <param name="dataset">A campaign's folder, or the <c>dataset</c> folder in it.</param>
    /// <param name="target">Where the phases go.</param>
    /// <exception cref="DatasetException">There is no dataset, or it is not the one that its manifest lists; a format is not made of trajectories; a target is no domain of it; the environments are too few; the learning rates are the wrong way round.</exception>
    public static Task<FinetunePlan> RunAsync(string dataset, string target, PhaseSettings settings, CancellationToken cancellationToken) =>
        RunAsync(dataset, target, settings, null, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, string, PhaseSettings, CancellationToken)"/>
    /// <param name="progress">Told how many trajectories are read, and written of each file; or null.</param>
    public static async Task<FinetunePlan> RunAsync(
        string dataset, string target, PhaseSettings settings, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        if (settings.VerticalLearningRate >= settings.GeneralLearningRate)
        {
            throw new DatasetException($"expected phase 2's learning rate multiplier below phase 1's {settings.GeneralLearningRate}, found {settings.VerticalLearningRate}: phase 2 is to refine, not to undo");
        }

        PhaseFormats.Check(settings.Formats);
        var root = DatasetRows.FindRoot(dataset);
        var manifest = await DatasetManifestFile.ReadAsync(root, cancellationToken);
        var seed = Seed.Root(settings.Seed ?? manifest.Seed).Child("phases");
        var index = await PhaseIndex.ReadAsync(root, manifest, seed.Child("rows"), progress, cancellationToken);
        return await new PhaseBuilder(settings, root, target, index, manifest, progress).RunAsync(seed, cancellationToken);
    }

    private async Task<FinetunePlan> RunAsync(Seed seed, CancellationToken cancellationToken)
    {
        var targets = DomainTargets.Find(settings.Targets, index.Domains);
        var split = EnvironmentSplit.Of([.. index.Environments.Select(environment => (environment.Id, targets.Contains(environment.Domain)))], settings, seed.Child("split"));
        var parts = index.Rows.ToLookup(row => split[index.Environments[row.Environment].Id]);
        var general = PhaseMixer.Mix(parts[SplitPart.Train], settings);
        var fresh = PhaseMixer.Mix(parts[SplitPart.Train].Where(row => targets.Contains(row.Domain)), settings);
        var replay = PhaseMixer.Replay(general.Where(row => !targets.Contains(row.Domain)), fresh.Count, settings.ReplayShare);
        var order = index.KnowsDifficulty ? settings.Order : PhaseOrder.Shuffled;
        Note(order != settings.Order, "no trajectory says how hard its task is: the order is random");
        Note(replay.Count < PhaseMixer.Replayed(fresh.Count, settings.ReplayShare), $"only {replay.Count} trajectories of other domains are there to be replayed");
        Note(
            manifest.Counts.TasksLeftOut > 0,
            FormattableString.Invariant($"the dataset's tasks.jsonl has no line for {manifest.Counts.TasksLeftOut} of {manifest.Counts.Tasks} tasks (tasksLeftOut of its manifest); their trajectories, where any were kept, are in the phases"));
        PhaseFolder.Clear(target);
        var validation = await WriteAsync("phase1/validation.jsonl", parts[SplitPart.Validation], cancellationToken);
        List<PhaseRow> watch = [.. parts[SplitPart.Validation].Where(row => targets.Contains(row.Domain))];
        Note(watch.Count == 0 && validation is not null, "no environment of the target domains is in the validation part: phase 2 is validated with phase 1's file");
        var heldOut = await WriteAsync("heldout.jsonl", parts[SplitPart.HeldOut], cancellationToken);
        Note(heldOut is not null && !parts[SplitPart.HeldOut].Any(row => targets.Contains(row.Domain)), "no environment of the target domains is held out: they are too few for that");
        var first = (await WriteAsync("phase1/train.jsonl", PhaseMixer.Arrange(general, order), cancellationToken))!;
        var second = (await WriteAsync("phase2/train.jsonl", PhaseMixer.Arrange(fresh.Concat(replay), order), cancellationToken))!;
        var secondWatch = await WriteAsync("phase2/validation.jsonl", watch, cancellationToken) ?? validation;
        var formats = new PhaseFormats(target, manifest, progress);
        var plan = new FinetunePlan
        {
            About = manifest.About,
            Dataset = manifest.Name,
            Identity = manifest.Identity,
            Source = manifest.Files.First(file => file.Path == "dataset/canonical.jsonl"),
            Licences = manifest.Licences,
            Seed = seed.Path,
            Settings = settings,
            Targets = [.. targets.Select(number => new PlanTarget(
                index.Domains[number].Id,
                index.Domains[number].Name,
                [.. index.Environments.Where(environment => environment.Domain == number).Select(environment => environment.Id).Order(StringComparer.Ordinal)])).OrderBy(domain => domain.Domain, StringComparer.Ordinal)],
            Environments = Environments(split),
            Phases =
            [
                new PlanPhase
                {
                    Name = "phase1",
                    Kind = "general",
                    Model = settings.BaseModel,
                    Training = first,
                    Validation = validation,
                    Formats = await formats.WriteAsync(settings.Formats, first, validation, cancellationToken),
                    Domains = Domains(general),
                    Difficulty = Difficulty(general),
                    Replayed = 0,
                    Hyperparameters = new PlanHyperparameters(settings.GeneralEpochs, settings.GeneralLearningRate, order == PhaseOrder.Shuffled),
                },
                new PlanPhase
                {
                    Name = "phase2",
                    Kind = "vertical",
                    Continues = "phase1",
                    Training = second,
                    Validation = secondWatch,
                    Formats = await formats.WriteAsync(settings.Formats, second, secondWatch, cancellationToken),
                    Domains = Domains(fresh.Concat(replay)),
                    Difficulty = Difficulty(fresh.Concat(replay)),
                    Replayed = replay.Count,
                    Hyperparameters = new PlanHyperparameters(settings.VerticalEpochs, settings.VerticalLearningRate, order == PhaseOrder.Shuffled),
                },
            ],
            HeldOut = heldOut,
            Contaminated = index.Contaminated,
            Notes = notes,
        };
        await DatasetFileWriter.WriteAsync(Path.Combine(target, FinetunePlan.FileName), FinetunePlan.FileName, JsonSerializer.Serialize(plan, Indented) + "\n", cancellationToken);
        return plan;
    }

    private void Note(bool holds, string note)
    {
        if (holds)
        {
            notes.Add(note);
        }
    }

    private SortedDictionary<string, long> Domains(IEnumerable<PhaseRow> rows) => Count(rows, row => index.Domains[row.Domain].Name);

    private SortedDictionary<string, long> Difficulty(IEnumerable<PhaseRow> rows) => index.KnowsDifficulty ? Count(rows, row => DatasetDifficulty.Bands[row.Band]) : new(StringComparer.Ordinal);

    private static SortedDictionary<string, long> Count(IEnumerable<PhaseRow> rows, Func<PhaseRow, string> key)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var group in rows.GroupBy(key, StringComparer.Ordinal))
        {
            counts[group.Key] = group.LongCount();
        }

        return counts;
    }

    private static SortedDictionary<string, IReadOnlyList<string>> Environments(IReadOnlyDictionary<string, SplitPart> split)
    {
        var parts = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var part in Enum.GetValues<SplitPart>())
        {
            parts[EnumWord.Of(part)] = [.. split.Where(entry => entry.Value == part).Select(entry => entry.Key).Order(StringComparer.Ordinal)];
        }

        return parts;
    }

    /// <summary>Copies lines; without any there is no file.</summary>
    private async Task<PlanFile?> WriteAsync(string name, IEnumerable<PhaseRow> rows, CancellationToken cancellationToken)
    {
        var path = Path.Combine([target, .. name.Split('/')]);
        if (!rows.Any())
        {
            return null;
        }

        using var source = File.OpenHandle(Path.Combine(root, "dataset", "canonical.jsonl"));
        await using var writer = new DatasetFileWriter(path);
        var what = $"trajectories of {name} written";
        var total = rows.TryGetNonEnumeratedCount(out var count) ? count : 0;
        var buffer = Array.Empty<byte>();
        foreach (var row in rows)
        {
            if (buffer.Length < row.Length)
            {
                buffer = new byte[row.Length * 2];
            }

            var line = buffer.AsMemory(0, row.Length);
            for (var filled = 0; filled < line.Length;)
            {
                var read = await RandomAccess.ReadAsync(source, line[filled..], row.Offset + filled, cancellationToken);
                filled += read > 0 ? read : throw new DatasetException("dataset/canonical.jsonl was changed while it was read");
            }

            await writer.LineAsync(line, cancellationToken);
            progress?.Report(new CountProgress(writer.Rows, total, what));
        }

        var file = await writer.CompleteAsync(name, writer.Rows, cancellationToken);
        return new PlanFile(name, file.Sha256, file.Bytes, writer.Rows);
    }
}
