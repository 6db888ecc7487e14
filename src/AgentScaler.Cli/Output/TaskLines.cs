using System.Globalization;
using AgentScaler.Campaigns;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>What a campaign's tasks cover, and what the verifier said to changes of their gold, in a few lines.</summary>
internal static class TaskLines
{
    public static void Write(IAnsiConsole console, CampaignSummary summary)
    {
        if (summary.Verification is not { Tasks: > 0 } verification)
        {
            return;
        }

        var coverage = summary.Coverage;
        console.WriteLine($"tasks call {Number(coverage.ToolsCovered)} of {Number(coverage.Tools)} tools and use {Number(coverage.EdgesCovered)} of {Number(coverage.Edges)} edges between them; "
            + string.Join(", ", coverage.ByKind.Select(kind => $"{kind.Key} {Number(kind.Value)}{(coverage.Planned.TryGetValue(kind.Key, out var planned) ? $" of {Number(planned)} planned" : "")}")));
        console.WriteLine("tasks by gold calls: " + string.Join(", ", coverage.ByLength.Select(length => $"{Number(length.Key)}: {Number(length.Value)}")));
        var trials = verification.Total;
        var mutants = trials.Rejected + trials.Equivalent + trials.FalseAccepts;
        console.WriteLine($"verifier: of {Number(mutants)} mutants of {Number(verification.Tasks)} tasks' gold {Number(trials.Rejected)} rejected, {Number(trials.Equivalent)} without effect, {Number(trials.FalseAccepts)} falsely accepted; "
            + $"of {Number(trials.Tried - mutants)} harmless variants {Number(trials.FalseRejects)} falsely rejected; {Number(verification.Left)} tasks left for that");
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
