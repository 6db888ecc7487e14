using System.CommandLine;
using System.Globalization;
using AgentScaler.Cli.Output;
using AgentScaler.Datasets;
using AgentScaler.Datasets.Masks;

namespace AgentScaler.Cli.Commands;

/// <summary><c>dataset masks</c>: what the loss covers, as spans over rendered texts.</summary>
internal static class DatasetMasksCommand
{
    public static Command Create(Shell shell)
    {
        var source = new Argument<string>("dataset") { Description = "A campaign's folder, or a file of canonical rows" };
        var template = WordOption.Of<ChatTemplateKind>("--template", "The model family's chat template; llama3 is that of 3.1");
        template.Required = true;
        var output = new Option<FileInfo?>("--out") { Description = "Where the samples go (.gz packs them); without it DATASET/dataset/masks/TEMPLATE.jsonl" };
        var command = new Command(
            "masks",
            """
            Write what the loss covers: each trajectory rendered by a chat template, with spans of what is to be learnt

            A line a sample: {"episode", "part", "parts", "spans": [[start, end], ...], "text"}. Positions count code points, as Python does:
            text[start:end] is assistant text, kept reasoning, tool calls and the token that ends the turn, nothing else. The text is what
            tokenizer.apply_chat_template(row["messages"], tools=row["tools"], tokenize=False) gives. Where Qwen3's template would drop the
            reasoning of earlier turns, a trajectory becomes one sample for each of the user's turns. With a fast tokenizer:

              enc = tokenizer(row["text"], add_special_tokens=False, return_offsets_mapping=True)
              mask = [any(s <= a and b <= e for s, e in row["spans"]) for a, b in enc["offset_mapping"]]

            Example:
              agentscaler dataset masks ./campaign --template qwen3
            """)
        {
            source, template, output,
        };
        command.SetAction((parse, token) => RunAsync(
            shell, parse.GetValue(source)!, parse.GetValue(template)!.Value, parse.GetValue(output), shell.WantsJson(parse), token));
        return command;
    }

    private static async Task<int> RunAsync(Shell shell, string source, ChatTemplateKind template, FileInfo? output, bool json, CancellationToken cancellationToken)
    {
        var file = DatasetRows.FindFile(source);
        output ??= new FileInfo(File.Exists(source)
            ? Path.ChangeExtension(source, null) + "." + Word(template) + ".jsonl"
            : Path.Combine(DatasetRows.FindRoot(source), "dataset", "masks", Word(template) + ".jsonl"));
        if (Path.GetFullPath(file) == output.FullName)
        {
            throw new UsageException($"--out: expected another file than '{file}', whose rows are read");
        }

        var report = new MaskReport();
        using (var line = new CountLine(shell, "trajectories rendered"))
        {
            var progress = new RowsOf(line, await DatasetRows.CountAsync(source, cancellationToken));
            await OutputFile.WriteAsync(output, async writer => report = await LossMasks.WriteAsync(file, template, writer, progress, cancellationToken));
        }

        if (json)
        {
            shell.WriteJson(new { Out = output.FullName, Template = Word(template), Report = report });
        }
        else
        {
            Write(shell, output, report);
        }

        return report.LeftOut == 0 ? CommandLine.Success : CommandLine.Failure;
    }

    private static void Write(Shell shell, FileInfo output, MaskReport report)
    {
        foreach (var problem in report.Problems)
        {
            shell.ErrorText($"left out: {problem}");
        }

        if (report.LeftOut > report.Problems.Count)
        {
            shell.ErrorText(string.Create(CultureInfo.InvariantCulture, $"left out: {report.LeftOut - report.Problems.Count:N0} trajectories more"));
        }

        var share = report.Characters == 0 ? 0 : (double)report.TrainedCharacters / report.Characters;
        shell.WriteText(string.Create(
            CultureInfo.InvariantCulture, $"{report.Samples:N0} samples of {report.Rows:N0} trajectories, {share:P1} of their text is trained: {output.FullName}"));
        Count(report.SplitRows, "trajectories have reasoning in several turns: a sample for each of the user's turns");
        Count(report.ReasoningLost, "messages lose their reasoning: the template has no place for it");
        Count(report.TextLost, "messages lose their text beside a call: the template drops it");
        Count(report.CallsSpread, "messages of several calls are written as a turn for each call");

        void Count(long count, string what)
        {
            if (count > 0)
            {
                shell.WriteText(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}"));
            }
        }
    }

    private sealed class RowsOf(CountLine line, long total) : IProgress<long>
    {
        public void Report(long value) => line.Report(new CountProgress(value, total));
    }

    private static string Word(ChatTemplateKind template) => template.ToString().ToLowerInvariant();
}
