using System.CommandLine;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets.Decontamination;
using AgentScaler.Json;
using Spectre.Console;

namespace AgentScaler.Cli.Commands;

/// <summary><c>dataset decontaminate</c>: what a dataset shares with benchmarks.</summary>
internal static class DatasetDecontaminateCommand
{
    private const int FindingsShown = 20;

    public static Command Create(Shell shell)
    {
        var dataset = new Argument<string>("dataset") { Description = "A campaign's folder" };
        var against = new Option<string[]>("--against") { Description = "Files, folders or globs of benchmarks: JSON, JSON lines, Markdown, text, Python, also gzipped", Required = true, AllowMultipleArgumentsPerToken = true };
        var mode = WordOption.Of<DecontaminationMode>("--mode", "report (without it), exclude (writes a dataset without contaminated trajectories) or mark (writes contamination.jsonl beside the rows)");
        var output = new Option<string?>("--out") { Description = "Where the report goes, or for exclude the new dataset, in a folder that is empty or not there yet; without it DATASET/decontamination" };
        var defaults = new DecontaminationSettings();
        var words = new Option<int>("--words") { Description = "Words in a row that must not stand in both, 5-50", DefaultValueFactory = _ => defaults.Words };
        var similarity = new Option<double>("--similarity") { Description = "Jaccard index from which texts, tools and rows are the same, 0.5-1", DefaultValueFactory = _ => defaults.Similarity };
        words.Validators.Add(result => Check(result.GetValueOrDefault<int>() is >= 5 and <= 50, result, "--words: expected a number from 5 to 50"));
        similarity.Validators.Add(result => Check(result.GetValueOrDefault<double>() is >= 0.5 and <= 1, result, "--similarity: expected a number from 0.5 to 1"));
        var command = new Command(
            "decontaminate",
            """
            Compare a dataset with benchmarks: tool names and schemas, policies, rows, intents

            Benchmark data may have any layout: what has a name and parameters (JSON Schema, a map of names to types, lists) is a tool, what has telling
            values a row, text of eight words and more a policy or an intent. A tool counts by name and parameters, a text by thirteen words in a row, a
            shorter one as a whole message or line, and tools, texts and rows by their likeness; a
            tool's name alone is weak and only reported. Tools and policies contaminate their environment, texts and rows their trajectory,
            those of a task's prompt and gold all trajectories of the task.
            Writes report.json and findings.jsonl (what, where, against what). With report, exit code 1 says that something was found;
            with every mode it says that a file of a benchmark is broken or a row of the dataset could not be checked.

            Example:
              agentscaler dataset decontaminate ./campaign --against ./tau-bench ./tau2-bench --mode exclude --out ./clean
            """)
        {
            dataset, against, mode, output, words, similarity,
        };
        command.SetAction((parse, token) => RunAsync(
            shell,
            new DecontaminationRequest(
                parse.GetValue(dataset)!,
                parse.GetValue(against)!,
                parse.GetValue(mode) ?? DecontaminationMode.Report,
                parse.GetValue(output),
                defaults with { Words = parse.GetValue(words), Similarity = parse.GetValue(similarity) }),
            shell.WantsJson(parse),
            token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, DecontaminationRequest request, bool json, CancellationToken cancellationToken)
    {
        DecontaminationReport report;
        string folder;
        using (var progress = new CountLine(shell, "rows read"))
        {
            (report, folder) = await Decontaminator.RunAsync(request, progress, cancellationToken);
        }

        if (json)
        {
            shell.WriteJson(report);
        }
        else
        {
            Write(shell, report, folder);
        }

        return !report.IsComplete || (request.Mode == DecontaminationMode.Report && report.Contaminated > 0) ? CommandLine.Failure : CommandLine.Success;
    }

    private static void Write(Shell shell, DecontaminationReport report, string folder)
    {
        foreach (var file in report.Against.Where(file => file.Problem is not null))
        {
            shell.ErrorText($"{file.Name}: {file.Problem}");
        }

        foreach (var problem in report.Problems)
        {
            shell.ErrorText($"not checked: {problem}");
        }

        if (report.ProblemsInAll > report.Problems.Count)
        {
            shell.ErrorText($"not checked: {Amount.Of(report.ProblemsInAll - report.Problems.Count)} rows more");
        }

        foreach (var finding in report.Findings.Where(finding => finding.Strength == ContaminationStrength.Strong).Take(FindingsShown))
        {
            shell.WriteText($"{EnumWord.Of(finding.Kind)}: {finding.Environment} {finding.Episode ?? finding.Task ?? "(all of it)"} {finding.Place}: \"{finding.Excerpt.ReplaceLineEndings(" ")}\" as in {finding.Against}");
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("kind");
        foreach (var name in new[] { "strong", "weak", "environments", "trajectories" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var (kind, counts) in report.Kinds)
        {
            table.AddRow([new Text(kind), .. new[] { counts.Strong, counts.Weak, counts.Environments, counts.Trajectories }.Select(count => new Text(Amount.Of(count)))]);
        }

        shell.Out.Write(table);
        var read = $"{Amount.Of(report.Against.Sum(file => file.Tools))} tools, {Amount.Of(report.Against.Sum(file => file.Policies))} policies, {Amount.Of(report.Against.Sum(file => file.Intents))} intents and other texts, {Amount.Of(report.Against.Sum(file => file.Rows))} rows of {Amount.Of(report.Against.Count(file => file.HasAny))} files";
        shell.WriteText($"{Amount.Of(report.Contaminated)} of {Amount.Of(report.Trajectories)} trajectories are contaminated; compared with {read}");
        if (report.Against.Count(file => file.Problem is not null) is > 0 and var unread)
        {
            shell.WriteText($"{Amount.Of(unread)} files of the benchmarks were not read, or not wholly");
        }

        shell.WriteText($"findings: {Path.Combine(folder, DecontaminationReport.FindingsName)}");
    }

    private static void Check(bool holds, System.CommandLine.Parsing.OptionResult result, string message)
    {
        if (!holds)
        {
            result.AddError(message);
        }
    }
}
