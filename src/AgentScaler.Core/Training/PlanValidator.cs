using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Validation;
using AgentScaler.Json;

namespace AgentScaler.Training;

/// <summary>
/// Checks the files of a plan as trainers would: there, as the plan's hashes and counts say, each environment in one part of the split, each row of an environment of its file's part,
/// the consumers' files by their consumers' rules, and no files of rows beside them.
/// </summary>
public static class PlanValidator
{
    private static readonly JsonSerializerOptions Strict = new(ArtifactJson.Options) { RespectNullableAnnotations = true };

    /// <summary>Checks a plan.</summary>
    /// <param name="folder">The folder that holds <c>finetune.plan.json</c>.</param>
    /// <returns>All problems, in the order of files and lines; empty if the plan is sound.</returns>
    public static Task<IReadOnlyList<DatasetProblem>> ValidateAsync(string folder, CancellationToken cancellationToken) => ValidateAsync(folder, null, cancellationToken);

    /// <inheritdoc cref="ValidateAsync(string, CancellationToken)"/>
    /// <param name="progress">Told how many rows of each file are checked; or null.</param>
    public static async Task<IReadOnlyList<DatasetProblem>> ValidateAsync(string folder, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        FinetunePlan plan;
        try
        {
            await using var stream = File.OpenRead(Path.Combine(folder, FinetunePlan.FileName));
            plan = await JsonSerializer.DeserializeAsync<FinetunePlan>(stream, Strict, cancellationToken) ?? throw new JsonException("found null");
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            return [new(FinetunePlan.FileName, 0, (e as JsonException)?.Path ?? "$", $"expected a plan: {e.Message}")];
        }

        if (Null(plan) is { } place)
        {
            return [new(FinetunePlan.FileName, 0, place, "expected a plan: found null")];
        }

        var problems = new List<DatasetProblem>();
        CheckSplit(plan, problems);
        foreach (var phase in plan.Phases)
        {
            await RowsAsync(phase.Training, "train");
            await RowsAsync(phase.Validation, "validation");
            foreach (var format in phase.Formats)
            {
                await FormatAsync(format.Format, format.Training);
                await FormatAsync(format.Format, format.Validation);
            }
        }

        await RowsAsync(plan.HeldOut, "held-out");
        problems.AddRange(PhaseFolder.Unlisted(folder, plan).Select(path => new DatasetProblem(path, 0, "$", "expected files that the plan lists and no others: it may be of an earlier split")));
        return problems;

        Task RowsAsync(PlanFile? file, string part) =>
            CheckAsync(folder, file, new PhaseRowCheck(part, plan.Environments.GetValueOrDefault(part) ?? []), problems, progress, cancellationToken);

        Task FormatAsync(string format, PlanFile? file) =>
            CheckAsync(folder, file, FormatRules.Of(format, "train" + Path.GetExtension(file?.Path), sorted: false), problems, progress, cancellationToken);
    }

    /// <summary>Where a list of the plan holds null, which the serializer lets pass; null if none does.</summary>
    private static string? Null(FinetunePlan plan)
    {
        var phases = plan.Phases.Select((phase, i) => phase is null ? $"$.phases[{i}]" : phase.Formats.Any(format => format is null) ? $"$.phases[{i}].formats" : null);
        var parts = plan.Environments.Select(part => part.Value is null || part.Value.Any(environment => environment is null) ? JsonPath.Join("$.environments", part.Key) : null);
        return phases.Concat(parts).FirstOrDefault(place => place is not null);
    }

    /// <summary>Each environment is in one part: what is trained on must not be what is measured on.</summary>
    private static void CheckSplit(FinetunePlan plan, List<DatasetProblem> problems)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (part, environments) in plan.Environments)
        {
            foreach (var environment in environments)
            {
                if (!known.TryAdd(environment, part))
                {
                    problems.Add(new(FinetunePlan.FileName, 0, JsonPath.Join("$.environments", part), $"expected each environment once, found '{environment}' that is in {known[environment]} too"));
                }
            }
        }
    }

    private static async Task CheckAsync(
        string folder, PlanFile? file, IRowCheck? check, List<DatasetProblem> problems, IProgress<CountProgress>? progress, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return;
        }

        var segments = file.Path.Split('/');
        var path = Path.Combine([folder, .. segments]);
        if (segments.Any(segment => segment is "" or "." or "..") || !File.Exists(path))
        {
            problems.Add(new(file.Path, 0, "$", "expected the file that the plan lists, in the plan's folder, found none"));
            return;
        }

        await FileBytes.CheckAsync(path, new DatasetFile(file.Path, string.Empty, file.Sha256, file.Bytes, file.Rows), problems, cancellationToken);
        if (check is null)
        {
            problems.Add(new(file.Path, 0, "$", "expected a file of a format that there is a rule for"));
        }
        else
        {
            await RowReading.CheckAsync(path, file.Path, file.Rows, check, problems, progress, cancellationToken);
        }
    }
}
