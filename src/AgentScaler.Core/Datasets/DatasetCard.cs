using System.Globalization;
using System.Text;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using AgentScaler.Json;

namespace AgentScaler.Datasets;

/// <summary>Writes the dataset card: YAML head, then what a person needs to use and to judge the data.</summary>
internal static class DatasetCard
{
    public static string Write(DatasetManifest manifest, FunnelReport report, DatasetOrigin origin, IReadOnlyList<RejectedDomain> rejectedDomains)
    {
        var card = new StringBuilder();
        Head(card, manifest);
        Line(card, $"# {manifest.Name}\n");
        Line(card, $"**`generator: {manifest.Generator}`. {manifest.About}**\n");
        Line(card, DatasetCardRevision.Opening(manifest.Counts));
        Line(card, $"made where nothing had to change, equal those of a gold execution. Made with {manifest.Software}, which implements arXiv 2509.13311.\n");
        QuickStart(card);
        Record(card, manifest);
        Generation(card, manifest, origin, rejectedDomains);
        card.Append(Coverage(manifest)).Append(Difficulty(manifest));
        FunnelTable(card, manifest, report);
        Confusion(card, report.Confusion);
        Line(card, DatasetCardRevision.Decontamination(manifest.Decontamination));
        Limits(card, manifest);
        return card.ToString();
    }

    private static void Head(StringBuilder card, DatasetManifest manifest)
    {
        Line(card, "---");
        Line(card, $"pretty_name: \"{manifest.Name}\"");
        Line(card, Licence(manifest));
        Line(card, "language:\n- en");
        Line(card, $"tags:\n- tool-use\n- function-calling\n- agent\n- {manifest.Generator.Split(',')[0]}");
        Line(card, DatasetCardRevision.Size(manifest.Counts));
        Line(card, DatasetConfigs.Of(manifest.Files.Select(file => file.Path)));
        Line(card, "---\n");
    }

    private static void QuickStart(StringBuilder card)
    {
        Line(card, "## Quick start\n");
        Line(card, "```python");
        Line(card, "import json");
        Line(card, "with open(\"dataset/canonical.jsonl\", encoding=\"utf-8\") as lines:");
        Line(card, "    for line in lines:");
        Line(card, "        row = json.loads(line)");
        Line(card, "        print(row[\"metadata\"][\"task\"], len(row[\"messages\"]), \"messages\", len(row[\"tools\"]), \"tools\")");
        Line(card, "```\n");
        Line(card, "Check it with `agentscaler dataset validate DIR`; run every recorded call again with `agentscaler episodes replay DIR`.\n");
    }

    private static void Record(StringBuilder card, DatasetManifest manifest)
    {
        Line(card, "## Record\n");
        Line(card, "One trajectory a line, sorted by `metadata.episode`; the same keys on every row; absent keys are left out, never null.\n");
        Line(card, "| key | content |");
        Line(card, "|---|---|");
        Line(card, "| `messages` | `role` (`system`, `user`, `assistant`, `tool`), `content`, `tool_calls` (`arguments` is an object), `tool_call_id`, `name`, `train` |");
        Line(card, "| `tools` | the tools the agent could call, OpenAI shape, JSON Schema parameters |");
        Line(card, "| `metadata` | environment, domain, task, episode, seeds, reward parts, verdict, difficulty, tool errors, injected mistakes, the tool that was made to fail, licences, models, prompts, tokens |\n");
        Line(card, "`train` is true on assistant messages only: loss on what the assistant says and calls, none on user turns and tool results.");
        Line(card, "`rejected.jsonl` has the same records of the episodes that were turned down, each with a `verdict` (stage, reason, attribution, detail).");
        Line(card, "`tasks.jsonl` has the tasks with their ground truth (gold calls, state hashes, facts that must reach the user), for reinforcement learning.");
        card.Append(TasksLeftOut(manifest.Counts));
        card.Append(DifficultyFiles(manifest));
        if (manifest.Files.Any(file => file.Path == "dataset/preferences.jsonl"))
        {
            Line(card, "`preferences.jsonl` has pairs of a kept and a rejected episode of a task: what both share (`prompt`), and what each does from their first difference (`divergence`) to the user's next word.");
        }

        Line(card, "Other formats are folders beside this file, each with a `manifest.json` of its own that says what it lacks; `agentscaler dataset export DIR --format all` writes them.\n");
    }

    /// <summary>The line on tasks that have none in <c>tasks.jsonl</c>, with its line feed; empty where all have.</summary>
    public static string TasksLeftOut(DatasetCounts counts) => counts.TasksLeftOut == 0 ? string.Empty : FormattableString.Invariant(
        $"{counts.TasksLeftOut} of {counts.Tasks} tasks have no line there: those of environments with no kept trajectory, and those in which the agent must abstain, which no ground truth proves.\n");

    /// <summary>The line on the files that say how hard tasks are; ends with a line feed.</summary>
    public static string DifficultyFiles(DatasetManifest manifest) => "`difficulty.jsonl` says how hard each task proved (trials, passed, pass^k, band)"
        + (manifest.Files.Any(file => file.Path == "dataset/" + DifficultyPlan.FileName) ? $", `{DifficultyPlan.FileName}` what to try again where a band is thin" : "") + ".\n";

    private static void Generation(StringBuilder card, DatasetManifest manifest, DatasetOrigin origin, IReadOnlyList<RejectedDomain> rejectedDomains)
    {
        var counts = manifest.Counts;
        Line(card, "## How it was made\n");
        Line(card, $"- {counts.Tools} tools, {counts.Domains} domains, {counts.Environments} environments, {counts.Tasks} tasks, {counts.Episodes} episodes ({origin.Episodes.Trials} trials a task).");
        Line(card, $"- Generator: {manifest.Generator}. Seed {manifest.Seed}; campaign identity `{manifest.Identity}`.");
        Line(card, $"- Record shape {manifest.SchemaVersion}; steps {string.Join(", ", manifest.Steps.Select(step => $"{step.Key} {step.Value}"))}.");
        if (manifest.Models.Count > 0)
        {
            Line(card, $"- Models: {string.Join(", ", manifest.Models.Select(model => $"{model.Key} {model.Value}"))}. Prompts stand in `metadata.prompts`, tokens in `metadata.usage`.");
        }

        Line(card, $"- Planned share of episodes with a mistake made on purpose: {Percent(origin.Episodes.FaultShare)}. Every mistake that happened is labelled in `metadata.faults`.");
        Line(card, $"- Calls are compared with gold in mode `{EnumWord.Of(origin.Funnel.Match)}`. Of a message of at least {origin.Funnel.FourGramsFromWords} words at most {Percent(origin.Funnel.MaximumFourGramShare)} of the 4-grams may be repeats.");
        Line(card, $"- At most {Percent(origin.Funnel.ErrorQuota)} of an environment's kept episodes have failed calls on the way.");
        foreach (var group in rejectedDomains.GroupBy(domain => domain.Reason, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Line(card, $"- {group.Count()} domains gave no environment: {group.Key}.");
        }

        Line(card, string.Empty);
    }

    /// <summary>The section on coverage; empty where nothing is known of it.</summary>
    public static string Coverage(DatasetManifest manifest)
    {
        var card = new StringBuilder();
        if (manifest.Coverage is not { } coverage)
        {
            return string.Empty;
        }

        Line(card, "## Coverage\n");
        Line(card, $"{coverage.ToolsCovered} of the environments' {coverage.Tools} tools are called by some task, {coverage.EdgesCovered} of {coverage.Edges} dependency edges carry a value.\n");
        Line(card, "| tasks by | |");
        Line(card, "|---|---|");
        Line(card, $"| gold calls | {string.Join(", ", coverage.ByLength.Select(length => $"{length.Key}: {length.Value}"))} |");
        Line(card, $"| kind (a task can be of several) | {string.Join(", ", coverage.ByKind.Select(kind => $"{kind.Key} {kind.Value}"))} |\n");
        return card.ToString();
    }

    /// <summary>The section on difficulty; empty where none is recorded.</summary>
    public static string Difficulty(DatasetManifest manifest)
    {
        var card = new StringBuilder();
        if (manifest.Difficulty.Count == 0)
        {
            return string.Empty;
        }

        Line(card, "## Difficulty\n");
        Line(card, "By what the episodes of each task came to (`metadata.difficulty`): how many passed of those that nobody but the agent spoilt. Per task, with pass^k, in `difficulty.jsonl`.\n");
        if (manifest.Generator.Split(", ").Contains(Episodes.Scripted.ScriptedCast.Scripted))
        {
            Line(card, "Of scripted episodes it says which mistakes were injected, not how hard a task is.\n");
        }

        Line(card, "| band | trajectories |");
        Line(card, "|---|--:|");
        foreach (var band in manifest.Difficulty.OrderBy(band => Array.IndexOf(DatasetDifficulty.Bands, band.Key)))
        {
            Line(card, $"| {band.Key} | {band.Value} |");
        }

        Line(card, string.Empty);
        return card.ToString();
    }

    private static void FunnelTable(StringBuilder card, DatasetManifest manifest, FunnelReport report)
    {
        Line(card, "## Funnel\n");
        Line(card, "| stage | in | out | reasons |");
        Line(card, "|---|--:|--:|---|");
        foreach (var stage in report.Total.Stages)
        {
            Line(card, $"| {EnumWord.Of(stage.Stage)} | {stage.In} | {stage.Out} | {string.Join(", ", stage.Reasons.Select(reason => $"{reason.Key} {reason.Value}"))} |");
        }

        Line(card, "\nPer environment in `funnel.json`.\n");
        if (manifest.Review is { } review)
        {
            Line(card, $"People decided on {review.Values.Sum()} episodes ({string.Join(", ", review.Select(decision => $"{decision.Key} {decision.Value}"))}); each row says so in `metadata.review`, with the machine's verdict.\n");
        }
    }

    private static void Confusion(StringBuilder card, ConfusionTable table)
    {
        Line(card, "## The funnel as a classifier\n");
        Line(card, $"Clean episodes kept: {table.CleanKept} of {table.Clean}. Episodes with an injected state error that were kept: {table.StateErrorsKept} of {table.StateErrors}.\n");
        Line(card, "| injected | gold | expected to stop it | episodes | kept | validity | state | match | quota | true state errors |");
        Line(card, "|---|---|---|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var row in table.Rows)
        {
            Line(card, $"| {row.Fault} | {(row.ReadOnlyGold ? "reads" : "writes")} | {row.Expected} | {row.Episodes} | {row.Kept} | {row.RejectedValidity} | {row.RejectedState} | {row.RejectedMatch} | {row.RejectedQuota} | {row.StateErrors} |");
        }

        Line(card, "\nA mistake may be harmless by luck (two independent writes swapped): such episodes reach the gold state and are kept, with their label.\n");
    }

    private static void Limits(StringBuilder card, DatasetManifest manifest)
    {
        Line(card, "## Limits\n");
        Line(card, $"- {manifest.About}");
        Line(card, "- Environments simulate the APIs they are named after; no row, person or id in them is real.");
        Line(card, "- The proof is rows and calls. Facts that must reach the user, questions before what can't be taken back, and what the agent declined or could not do are judged by its words: what is said in words that are not known is missed. Nothing else it said is judged.");
        Line(card, Licences(manifest));
    }

    /// <summary>The head's licence.</summary>
    public static string Licence(DatasetManifest manifest) =>
        $"license: {(manifest.Licences is [var only] && only != "unspecified" ? only.ToLowerInvariant() : "other")}";

    /// <summary>The line on licences.</summary>
    public static string Licences(DatasetManifest manifest) =>
        $"- Licences of the documents the tools come from: {(manifest.Licences.Count == 0 ? "none stated" : string.Join(", ", manifest.Licences))}.";

    private static void Line(StringBuilder card, string line) => card.Append(line).Append('\n');

    private static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
