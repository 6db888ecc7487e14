using System.Globalization;
using AgentScaler.Campaigns;
using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>How hard a campaign's tasks have proved, and what became of rejected episodes, in a few lines.</summary>
internal static class DifficultyLines
{
    /// <summary>Values of k shown: the first ones say the most.</summary>
    private const int MostShown = 8;

    public static void Write(IAnsiConsole console, CampaignSummary summary)
    {
        Write(console, summary.Difficulty, summary.Pairs);
        foreach (var task in summary.UnknownTasks)
        {
            console.WriteLine($"identity.episodes.moreTrials names {task}, which is no task of this campaign");
        }
    }

    public static void Write(IAnsiConsole console, DifficultyReport difficulty, PairCounts pairs)
    {
        if (difficulty.Tasks > 0)
        {
            console.WriteLine("tasks by difficulty: " + string.Join(", ", difficulty.Bands.Select(band => $"{Word(band.Band)} {Amount.Of(band.Tasks)} ({Amount.Of(band.Kept)} kept)"))
                + "; pass^k " + string.Join(", ", difficulty.PassK.Take(MostShown).Select(mean => $"{mean.K}: {mean.Mean.ToString("0.000", CultureInfo.InvariantCulture)}")));
        }

        if (pairs.Rejected > 0)
        {
            console.WriteLine($"preference pairs: {Amount.Of(pairs.Pairs)} of {Amount.Of(pairs.Rejected)} episodes rejected by the agent's fault, {Amount.Of(pairs.SameWords)} of them word for word the same before"
                + (pairs.Impossible.Count == 0 ? string.Empty : "; the others: " + string.Join(", ", pairs.Impossible.Select(reason => $"{reason.Key} {Amount.Of(reason.Value)}"))));
        }
    }

    internal static string Word(DifficultyBand band) => band.ToString().ToLowerInvariant();
}
