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
        console.WriteLine($"tasks call {Amount.Of(coverage.ToolsCovered)} of {Amount.Of(coverage.Tools)} tools and use {Amount.Of(coverage.EdgesCovered)} of {Amount.Of(coverage.Edges)} edges between them; "
            + string.Join(", ", coverage.ByKind.Select(kind => $"{kind.Key} {Amount.Of(kind.Value)}{(coverage.Planned.TryGetValue(kind.Key, out var planned) ? $" of {Amount.Of(planned)} planned" : "")}")));
        console.WriteLine("tasks by gold calls: " + string.Join(", ", coverage.ByLength.Select(length => $"{Amount.Of(length.Key)}: {Amount.Of(length.Value)}")));
        var trials = verification.Total;
        var mutants = trials.Rejected + trials.Equivalent + trials.FalseAccepts;
        console.WriteLine($"verifier: of {Amount.Of(mutants)} mutants of {Amount.Of(verification.Tasks)} tasks' gold {Amount.Of(trials.Rejected)} rejected, {Amount.Of(trials.Equivalent)} without effect, {Amount.Of(trials.FalseAccepts)} falsely accepted; "
            + $"of {Amount.Of(trials.Tried - mutants)} harmless variants {Amount.Of(trials.FalseRejects)} falsely rejected; {Amount.Of(verification.Left)} tasks left for that");
    }
}
