using System.CommandLine;
using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Writers;
using AgentScaler.Training;

namespace AgentScaler.Cli.Commands;

/// <summary><c>dataset phases</c>: two phases of fine-tuning.</summary>
internal static class DatasetPhasesCommand
{
    private static readonly PhaseSettings Defaults = new();

    public static Command Create(Shell shell)
    {
        var dataset = new Argument<string>("dataset") { Description = "A campaign's folder" };
        var target = new Option<string[]>("--target") { Description = "Target domains of phase 2, by name or id", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string?>("--out") { Description = "Where the phases go; without it DATASET/phases" };
        var replay = Choice<double?>("--replay", $"Share of phase 2 that repeats phase 1, 0-0.5; {Text(Defaults.ReplayShare)} where nothing is said");
        var validation = Choice<double?>("--validation", $"Share of the environments for validation, 0-0.4; {Text(Defaults.ValidationShare)}");
        var heldOut = Choice<double?>("--held-out", $"Share of the environments held out for evaluation, 0-0.4; {Text(Defaults.HeldOutShare)}");
        var most = Choice<int?>("--max-per-domain", "Most trajectories of a domain in a training file; 0 for no limit");
        var balance = Choice<double?>("--balance", "How far domains are brought to one size: 0 not at all, 1 all as small as the smallest");
        var order = WordOption.Of<PhaseOrder>("--order", "Easy to hard, or at random; curriculum where nothing is said");
        var format = new Option<string[]>("--format") { Description = "Consumers for which the phases are written too: openai, trl, llama-factory, ms-swift, axolotl, parquet", AllowMultipleArgumentsPerToken = true };
        var model = Choice<string?>("--model", $"The model that phase 1 starts from; {Defaults.BaseModel}");
        var seed = Choice<long?>("--seed", "The split's and the order's seed; the dataset's where nothing is said");
        var command = new Command(
            "phases",
            """
            Cut a dataset into two phases of fine-tuning: phase 1 general, phase 2 on target domains with some of phase 1 again

            Writes phase1/ and phase2/ (train.jsonl, validation.jsonl), heldout.jsonl and finetune.plan.json: which files, with hashes, from which
            model, in which order, how. Split by environment, never by row: an environment for validation or held out is in no training file.
            Trajectories marked as contaminated (dataset decontaminate --mode mark) are left out. What the options leave open is taken from
            operations.phases of the folder's campaign.json, then from the defaults.

            Example:
              agentscaler dataset phases ./campaign --target books-borrowers --replay 0.2
            """)
        {
            dataset, target, output, replay, validation, heldOut, most, balance, order, format, model, seed,
        };
        command.SetAction((parse, token) =>
        {
            var folder = parse.GetValue(dataset)!;
            var given = Given(folder);
            return RunAsync(
                shell,
                folder,
                parse.GetValue(output),
                given with
                {
                    Targets = parse.GetValue(target) is { Length: > 0 } targets ? targets : given.Targets,
                    ReplayShare = Within(parse.GetValue(replay), 0.5, "--replay") ?? given.ReplayShare,
                    ValidationShare = Within(parse.GetValue(validation), 0.4, "--validation") ?? given.ValidationShare,
                    HeldOutShare = Within(parse.GetValue(heldOut), 0.4, "--held-out") ?? given.HeldOutShare,
                    MaximumPerDomain = (int?)Within(parse.GetValue(most), 100_000_000, "--max-per-domain") ?? given.MaximumPerDomain,
                    Balance = Within(parse.GetValue(balance), 1, "--balance") ?? given.Balance,
                    Order = parse.GetValue(order) ?? given.Order,
                    Formats = parse.GetValue(format) is { Length: > 0 } formats ? [.. formats.Select(Find)] : given.Formats,
                    BaseModel = parse.GetValue(model) ?? given.BaseModel,
                    Seed = parse.GetValue(seed) ?? given.Seed,
                },
                shell.WantsJson(parse),
                token);
        });
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string dataset, string? output, PhaseSettings settings, bool json, CancellationToken cancellationToken)
    {
        output ??= Path.Combine(DatasetRows.FindRoot(dataset), "phases");
        FinetunePlan plan;
        using (var progress = new CountLine(shell, "trajectories"))
        {
            plan = await PhaseBuilder.RunAsync(dataset, output, settings, progress, cancellationToken);
        }

        if (json)
        {
            shell.WriteJson(plan);
            return CommandLine.Success;
        }

        foreach (var phase in plan.Phases)
        {
            var watch = phase.Validation is { } validation ? string.Create(CultureInfo.InvariantCulture, $", validated with {validation.Rows:N0} of {validation.Path}") : "";
            shell.WriteText(string.Create(
                CultureInfo.InvariantCulture,
                $"{phase.Name} ({phase.Kind}, from {phase.Model ?? phase.Continues}): {phase.Training.Rows:N0} trajectories of {phase.Domains.Count:N0} domains, {phase.Replayed:N0} of them replayed{watch}"));
        }

        if (plan.HeldOut is { } heldOut)
        {
            shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"held out: {heldOut.Rows:N0} trajectories of {plan.Environments["held-out"].Count:N0} environments"));
        }

        foreach (var note in plan.Notes)
        {
            shell.WriteText("note: " + note);
        }

        shell.WriteText(Path.Combine(output, FinetunePlan.FileName));
        return CommandLine.Success;
    }

    /// <summary>The settings of the campaign that a dataset is of, if it has any.</summary>
    private static PhaseSettings Given(string folder)
    {
        var file = Path.Combine(DatasetRows.FindRoot(folder), CampaignFolder.DocumentName);
        return (File.Exists(file) ? CampaignReader.Read(File.ReadAllText(file), file).Operations.Phases : null) ?? Defaults;
    }

    private static ExportFormat Find(string name) => DatasetFormat.Find(name)?.Format
        ?? throw new UsageException($"--format: expected one of {string.Join(", ", DatasetFormat.All.Select(format => format.Name))}, found '{name}'");

    private static double? Within(double? value, double most, string option) =>
        value is null or >= 0 && !(value > most) ? value : throw new UsageException($"{option}: expected a number from 0 to {Text(most)}, found {Text(value.Value)}");

    private static Option<T> Choice<T>(string name, string description) => new(name) { Description = description };

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
