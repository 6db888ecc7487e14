using System.Text.Json;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Validation;
using AgentScaler.Json;

namespace AgentScaler.Training;

/// <summary>
/// Checks the files of a plan as trainers would: there, as the plan's hashes and counts say, each row of an environment of its part of the split, and the
/// consumers' files by their consumers' rules.
/// </summary>
public static class PlanValidator
{
    /// <summary>Checks a plan.</summary>
    /// <param name="folder">The folder that holds <c>finetune.plan.json</c>.</param>
    /// <returns>All problems, in the order of files and lines; empty if the plan is sound.</returns>
    public static async Task<IReadOnlyList<DatasetProblem>> ValidateAsync(string folder, CancellationToken cancellationToken)
    {
        FinetunePlan plan;
        try
        {
            await using var stream = File.OpenRead(Path.Combine(folder, FinetunePlan.FileName));
            plan = await JsonSerializer.DeserializeAsync<FinetunePlan>(stream, ArtifactJson.Options, cancellationToken) ?? throw new JsonException("found null");
        }
        catch (JsonException e)
        {
            return [new(FinetunePlan.FileName, 0, e.Path ?? "$", $"expected a plan: {e.Message}")];
        }

        var problems = new List<DatasetProblem>();
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
        return problems;

        Task RowsAsync(PlanFile? file, string part) =>
            CheckAsync(folder, file, new PhaseRowCheck(part, plan.Environments.GetValueOrDefault(part) ?? []), problems, cancellationToken);

        Task FormatAsync(string format, PlanFile? file) =>
            CheckAsync(folder, file, FormatRules.Of(format, "train" + Path.GetExtension(file?.Path), sorted: false), problems, cancellationToken);
    }

    private static async Task CheckAsync(string folder, PlanFile? file, IRowCheck? check, List<DatasetProblem> problems, CancellationToken cancellationToken)
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
            await RowReading.CheckAsync(path, file.Path, file.Rows, check, problems, cancellationToken);
        }
    }
}
