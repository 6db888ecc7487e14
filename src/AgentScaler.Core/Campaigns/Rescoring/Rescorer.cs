using System.Text.Json;
using AgentScaler.Campaigns.Steps;
using AgentScaler.Datasets;
using AgentScaler.Environments;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Review;
using AgentScaler.Json;
using AgentScaler.Models;
using AgentScaler.Storage;
using AgentScaler.Workflow;

namespace AgentScaler.Campaigns.Rescoring;

/// <summary>
/// Judges the stored episodes of a campaign again, without a rollout and without a model: with its own settings every verdict is as before, with others one
/// sees what they change. What a judge model said of the user before stands where the rules say the same again.
/// </summary>
/// <param name="settings">How to judge.</param>
/// <param name="review">What people decided; null for the machine's verdicts alone.</param>
public sealed class Rescorer(CampaignFolder folder, EnvironmentEngine engine, FunnelSettings settings, ReviewDecisions? review = null)
{
    private readonly List<RescoreSkip> skipped = [];
    private readonly List<RescoreChange> episodes = [];
    private readonly SortedDictionary<string, long> changes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> decided = new(StringComparer.Ordinal);
    private readonly List<FunnelCounts> before = [];
    private readonly List<FunnelCounts> after = [];
    private long skippedInAll;
    private int environments;

    /// <summary>Judges all episodes.</summary>
    /// <param name="output">A folder for the dataset that comes of it, new or empty; null to write nothing.</param>
    /// <param name="progress">Told how many environments are done, of how many; or null.</param>
    /// <exception cref="CampaignFolderException">The campaign was not run to its end by this version, or the output folder is in use.</exception>
    /// <exception cref="StoreException">An artifact that the campaign's steps left is missing.</exception>
    public async Task<RescoreReport> RunAsync(string? output, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var steps = await StepsAsync(cancellationToken);
        if (output is null)
        {
            await JudgeAsync(steps, folder.Artifacts, write: false, progress, cancellationToken);
            return Report();
        }

        CheckOutput(output);
        var scratch = Path.Combine(output, ".rescore");
        Directory.CreateDirectory(scratch);
        try
        {
            using var upper = new FolderArtifactStore(scratch);
            var store = new OverlayArtifactStore(upper, folder.Artifacts);
            var judgements = await JudgeAsync(steps, store, write: true, progress, cancellationToken);
            await DatasetExport.WriteAsync(store, await AssembleAsync(steps, judgements, store, cancellationToken), output, cancellationToken);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }

        return Report();
    }

    private RescoreReport Report() => new(environments, FunnelCounts.Sum(before), FunnelCounts.Sum(after), changes, episodes, skipped)
    {
        SkippedInAll = skippedInAll,
        Review = review is null ? null : decided,
    };

    /// <summary>What the campaign did, from its tools to its dataset.</summary>
    private async Task<IReadOnlyList<StepRun>> StepsAsync(CancellationToken cancellationToken)
    {
        var runner = new StepRunner(folder.Artifacts, PipelineSteps.Create(engine, null, new NoModels()));
        var found = await CampaignFootprint.FindAsync(runner, folder.Reference, null, cancellationToken);
        if (Of(found.Steps, StepNames.AssembleDataset).SingleOrDefault() is { } last
            && await folder.Artifacts.ExistsAsync(last.NewArtifact(StepRunner.ResultName), cancellationToken))
        {
            return found.Steps;
        }

        var unfinished = found.Steps.Count == 0 ? "its first step" : found.Steps[^1].Prefix.Split('/')[1];
        throw new CampaignFolderException(
            $"'{folder.Path}' was not run to its end by this version of the pipeline (it lacks the result of {unfinished}{await OtherVersionsAsync(cancellationToken)}); "
            + "run it again: what is unchanged is not done twice, and episodes of another version are never judged as if they were of this one");
    }

    private async Task<string> OtherVersionsAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder.Path, "dataset", DatasetManifest.FileName);
        if (!File.Exists(file))
        {
            return string.Empty;
        }

        try
        {
            await using var stream = File.OpenRead(file);
            using var manifest = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
            var others = StepNames.All.Select(step => (Step: step, Found: VersionIn(manifest.RootElement, step.Name))).Where(item => item.Found is { } found && found != item.Step.Version)
                .Select(item => $"{item.Step.Name} {item.Found}, here {item.Step.Version}").ToList();
            return others.Count == 0 ? string.Empty : "; its dataset is of " + string.Join(", ", others);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return $"; its {DatasetManifest.FileName} can't be read: {e.Message.TrimEnd('.')}";
        }
    }

    /// <summary>The version of a step that a manifest names; null where it names none.</summary>
    private static int? VersionIn(JsonElement manifest, string step) =>
        manifest.ValueKind == JsonValueKind.Object && manifest.TryGetProperty("steps", out var steps) && steps.ValueKind == JsonValueKind.Object
        && steps.TryGetProperty(step, out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) ? number : null;

    private static IEnumerable<StepRun> Of(IEnumerable<StepRun> steps, StepName name) =>
        steps.Where(step => step.Prefix.StartsWith($"steps/{name.Name}/", StringComparison.Ordinal));

    private static void CheckOutput(string output)
    {
        if (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()))
        {
            throw new CampaignFolderException($"'{output}' is not empty; choose a new folder for the dataset: the campaign's own stays as it is");
        }
    }

    /// <returns>Reference of each judgement of the campaign to that of the new one; of environments left out there is none.</returns>
    private async Task<Dictionary<string, string>> JudgeAsync(
        IReadOnlyList<StepRun> steps, IArtifactStore store, bool write, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        var judgements = new Dictionary<string, string>(StringComparer.Ordinal);
        var judging = Of(steps, StepNames.Judge).DistinctBy(step => step.Key).OrderBy(step => step.Key, StringComparer.Ordinal).ToList();
        foreach (var (done, step) in judging.Index())
        {
            var reference = step.NewArtifact(Judgement.FileName);
            try
            {
                if (await JudgeAsync(step, reference, store, write, cancellationToken) is { } judgement)
                {
                    judgements[reference] = judgement;
                }

                environments++;
            }
            catch (Exception e) when (e is StoreException or PackageException or EpisodeAbortedException)
            {
                Skip(reference, e.Message);
            }

            progress?.Report(new CountProgress(done + 1, judging.Count));
        }

        return judgements;
    }

    private async Task<string?> JudgeAsync(StepRun step, string stored, IArtifactStore store, bool write, CancellationToken cancellationToken)
    {
        var judgement = await store.ReadJsonAsync<Judgement>(stored, cancellationToken);
        var outcome = await store.ReadJsonAsync<EnvironmentOutcome>(judgement.Outcome, cancellationToken);
        var environment = LoadedEnvironment.Load(await PackageFolder.ReadAsync(store, ArtifactSibling.Of(judgement.Outcome, EnvironmentArtifacts.Package), cancellationToken));
        var earlier = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        await foreach (var verdict in store.ReadLinesAsync<Verdict>(judgement.Verdicts, cancellationToken))
        {
            earlier[verdict.Episode] = verdict;
        }

        var rules = new JudgingRules(settings, new StateTruth(engine, environment), new ReplayCheck(engine, environment))
        {
            PairsPerTask = folder.Document.Identity.Dataset.PairsPerTask,
            Earlier = earlier,
            Review = review,
        };
        var tasks = await ProvenTasks.ReadAsync(store, judgement.Tasks, environment, engine, cancellationToken);
        foreach (var (task, fault) in tasks.Faults)
        {
            Skip(task, fault + "; it and its episodes are left out");
        }

        var source = new EpisodeSource(store, tasks.Sound, judgement.Episodes, tasks.Faults.Keys.ToHashSet(StringComparer.Ordinal), Skip);
        var judge = new EnvironmentJudge(store, environment.Package, outcome, rules);
        var judged = await judge.JudgeAsync(source, cancellationToken);
        string? rewritten = null;
        if (write)
        {
            var prefix = $"steps/{StepNames.Judge.Name}/rescored.{step.Key[..40]}/";
            var dependencies = ArtifactSibling.Of(judgement.Outcome, EnvironmentArtifacts.Dependencies);
            var reference = await tasks.WriteAsync(store, environment, dependencies, folder.Document.Identity.Tasks, prefix, cancellationToken);
            rewritten = prefix + Judgement.FileName;
            await store.TryCreateJsonAsync(rewritten, await judge.WriteAsync(source, judged, judgement.Outcome, reference, prefix, cancellationToken), cancellationToken);
        }

        // Only now is it sure that the environment is not one of those skipped.
        before.Add(judgement.Funnel.Counts);
        after.Add(FunnelCounts.Of(judged.Verdicts));
        Compare(environment.Package.Id, earlier, judged);
        return rewritten;
    }

    private void Skip(string place, string reason)
    {
        skippedInAll++;
        if (skipped.Count < RescoreReport.MostListed)
        {
            skipped.Add(new RescoreSkip(place, reason));
        }
    }

    private void Compare(string environment, Dictionary<string, Verdict> earlier, JudgedEpisodes judged)
    {
        var taskOf = judged.Tasks;
        foreach (var verdict in judged.Verdicts)
        {
            if (review?.DecisionOn(verdict) is { } decision)
            {
                var word = EnumWord.Of(decision.Decision);
                decided[word] = decided.GetValueOrDefault(word) + 1;
            }

            var (was, now) = (Word(earlier.GetValueOrDefault(verdict.Episode)), Word(verdict));
            if (was == now)
            {
                continue;
            }

            changes[$"{was} -> {now}"] = changes.GetValueOrDefault($"{was} -> {now}") + 1;
            if (episodes.Count < RescoreReport.MostListed)
            {
                episodes.Add(new RescoreChange(verdict.Episode, taskOf[verdict.Episode], environment, was, now, verdict.Detail));
            }
        }

        static string Word(Verdict? verdict) => verdict is null ? "unjudged" : verdict.Kept ? "kept" : verdict.Reason!;
    }

    /// <returns>Reference of the manifest.</returns>
    private async Task<string> AssembleAsync(
        IReadOnlyList<StepRun> steps, Dictionary<string, string> judgements, IArtifactStore store, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        var collect = new CollectPageStep();
        foreach (var page in Of(steps, StepNames.CollectPage))
        {
            var inputs = page.Inputs.Select(input => ArtifactSibling.FileName(input) == Judgement.FileName ? judgements.GetValueOrDefault(input) : input).OfType<string>().ToList();
            var run = page with { Inputs = inputs, Prefix = $"steps/{StepNames.CollectPage.Name}/rescored.{page.Key[..40]}/", Artifacts = store };
            pages[page.NewArtifact("page.json")] = (await collect.RunAsync(run, cancellationToken)).Output;
        }

        var assemble = Of(steps, StepNames.AssembleDataset).Single();
        var identity = folder.Document.Identity with { Funnel = settings };
        var prefix = $"steps/{StepNames.AssembleDataset.Name}/rescored/";
        await new DatasetAssembly(store, AssembleDatasetStep.OriginOf(identity) with { Review = review is null ? null : decided }, prefix)
            .RunAsync(assemble.Inputs[0], assemble.Inputs[1], [.. assemble.Inputs.Skip(2).Select(page => pages[page])], cancellationToken);
        return prefix + DatasetManifest.FileName;
    }
}
