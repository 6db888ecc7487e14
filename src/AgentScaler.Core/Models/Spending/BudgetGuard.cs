using System.Globalization;

namespace AgentScaler.Models.Spending;

/// <summary>Stops a campaign's calls once a limit of its budget is reached.</summary>
/// <param name="budget">Gives the budget as it is now: it may be raised under way.</param>
public sealed class BudgetGuard(SpendLedger ledger, Func<CancellationToken, ValueTask<Budget>> budget, TimeProvider clock)
{
    private readonly long started = clock.GetTimestamp();

    /// <summary>Lets a call go, or not.</summary>
    /// <exception cref="BudgetSpentException">A limit is reached.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var limits = await budget(cancellationToken);
        if (limits is { Usd: null, Tokens: null, Seconds: null })
        {
            return;
        }

        await ledger.RefreshAsync(cancellationToken);
        var total = ledger.Total;
        if (limits.Usd is { } usd && total.Usd >= (decimal)usd)
        {
            throw Spent($"the budget of {Text(usd)} USD is spent ({total.Usd.ToString("0.####", CultureInfo.InvariantCulture)} USD so far)", "usd");
        }

        if (limits.Tokens is { } tokens && total.Tokens >= tokens)
        {
            throw Spent($"the budget of {tokens.ToString(CultureInfo.InvariantCulture)} tokens is spent ({total.Tokens.ToString(CultureInfo.InvariantCulture)} so far)", "tokens");
        }

        if (limits.Seconds is { } seconds && clock.GetElapsedTime(started).TotalSeconds >= seconds)
        {
            throw Spent($"the run's {Text(seconds)} seconds are over", "seconds");
        }
    }

    private static BudgetSpentException Spent(string what, string member) => new($"{what}; raise operations.models.budget.{member} to go on");

    private static string Text(double number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
