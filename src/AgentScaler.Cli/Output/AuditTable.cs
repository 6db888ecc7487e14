using System.Globalization;
using AgentScaler.Environments.Audit.Mutation;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>What <c>env audit</c> prints for people.</summary>
internal static class AuditTable
{
    private const int SurvivorsShown = 10;

    public static void Write(Shell shell, AuditAnswer answer)
    {
        foreach (var environment in answer.Environments.Where(environment => answer.Environments.Count == 1 || environment.Audit.Tools.Any(tool => !tool.Passed)))
        {
            shell.WriteText($"{environment.Name} ({environment.Environment}): {AuditText.Of(environment.Audit).TrimEnd()}");
        }

        if (answer.Environments.Count > 1)
        {
            shell.WriteText(string.Create(
                CultureInfo.InvariantCulture, $"{answer.Environments.Count} environments: {answer.ToolsPassed} of {answer.Tools} tools pass, by {answer.Calls} calls"));
        }

        if (answer.Mutation is { } mutation)
        {
            Write(shell, mutation, answer);
        }

        if (answer.CommonFailures.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("why tools left when the environments were built") };
            table.AddColumns("reason", "what", "tools", "example");
            foreach (var failure in answer.CommonFailures)
            {
                table.AddRow(new Text(failure.Reason), new Text(Cut(failure.Pattern)), new Text(Amount.Of(failure.Tools)), new Text(Cut(failure.Example)));
            }

            shell.Out.Write(table);
        }
    }

    private static void Write(Shell shell, MutationReport mutation, AuditAnswer answer)
    {
        var table = new Table { Border = TableBorder.Simple, Title = new TableTitle("mutants: programs changed on purpose") };
        table.AddColumn("fault");
        foreach (var name in new[] { "made", "noticed", "share" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var (name, count) in mutation.Operators)
        {
            table.AddRow(new Text(name), new Text(Amount.Of(count.Made)), new Text(Amount.Of(count.Noticed)), new Text(Share(count.Noticed, count.Made)));
        }

        table.AddRow(new Text("all"), new Text(Amount.Of(mutation.Made)), new Text(Amount.Of(mutation.Noticed)), new Text(Share(mutation.Noticed, mutation.Made)));
        shell.Out.Write(table);
        if (answer.Environments.Count > 1)
        {
            var scores = answer.Environments.Where(environment => environment.Audit.Mutation!.Made > 0).Select(environment => environment.Audit.Mutation!.Score).Order().ToList();
            shell.WriteText(scores.Count == 0 ? "no mutants" : string.Create(
                CultureInfo.InvariantCulture,
                $"score per environment: least {scores[0]:0.00}, median {scores[scores.Count / 2]:0.00}; {scores.Count(score => score >= 0.8)} of {scores.Count} notice at least 80%"));
        }

        foreach (var survivor in answer.Environments.SelectMany(environment => environment.Audit.Mutation!.Survivors).Take(answer.Environments.Count > 1 ? 0 : SurvivorsShown))
        {
            shell.WriteText($"not noticed: {survivor.Tool}, line {survivor.Line}: {survivor.Operator}: {Cut(survivor.Before)} -> {Cut(survivor.After)}");
        }
    }

    private static string Share(int part, int all) => all == 0 ? "-" : ((double)part / all).ToString("P1", CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= 120 ? text : text[..120] + "...";
}
