using System.Globalization;
using AgentScaler.Models.Spending;
using Spectre.Console;

namespace AgentScaler.Cli.Output;

/// <summary>What a campaign has spent on models.</summary>
internal static class SpendTable
{
    public static void Write(IAnsiConsole console, SpendReport spent)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("model");
        foreach (var name in new[] { "requests", "from kept", "tried again", "tokens in", "of them cached", "tokens out", "USD" })
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var (role, spend) in spent.Roles.Append(KeyValuePair.Create("all", spent.Total)))
        {
            table.AddRow(
            [
                new Text(role),
                .. new[] { spend.Requests, spend.FromKept, spend.Retries.Values.Sum(), spend.InputTokens, spend.CachedInputTokens, spend.OutputTokens }.Select(count => new Text(Amount.Of(count))),
                new Text(spend.Usd.ToString("N4", CultureInfo.InvariantCulture)),
            ]);
        }

        console.Write(table);
        if (spent.Total.Uncounted > 0)
        {
            console.WriteLine($"The tokens of {Amount.Of(spent.Total.Uncounted)} replies were not counted by their endpoint; they are estimated.");
        }
    }
}
