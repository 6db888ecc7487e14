using AgentScaler.Campaigns;
using AgentScaler.Core.Tests.Storage;
using AgentScaler.Models;
using AgentScaler.Models.Spending;
using AgentScaler.Storage;
using Microsoft.Extensions.Time.Testing;

namespace AgentScaler.Core.Tests.Campaigns;

/// <summary>What campaigns of an app may spend and have spent, in the state store.</summary>
public sealed class CampaignBudgetsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SqliteStateStore state;
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch);

    public CampaignBudgetsTests() => state = new SqliteStateStore(folder.File("state.db"));

    public void Dispose()
    {
        state.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Set_SomeLimits_LeavesTheOthersAsTheyAre()
    {
        var budgets = new CampaignBudgets(state, clock, new Budget { Usd = 50 });
        await budgets.SetAsync("a", new Budget { Tokens = 1_000 }, default);
        await budgets.SetAsync("a", new Budget { Seconds = 60 }, default);

        Assert.Equal(new Budget { Usd = 50, Tokens = 1_000, Seconds = 60 }, await new CampaignBudgets(state, clock, new Budget()).GetAsync("a", default));
        Assert.Equal(new Budget { Usd = 50 }, await budgets.GetAsync("b", default));
    }

    [Fact]
    public async Task Ledger_OfSeveralProcesses_SumsThemAndStartsAnewWhenItsRowsWereRemoved()
    {
        var first = await SpendLedger.OpenAsync(state, clock, "a", "one", default);
        await first.AddAsync("agent m", new Spend { Requests = 1, InputTokens = 5, Usd = 1 }, default);
        var second = await SpendLedger.OpenAsync(state, clock, "a", "two", default);
        await second.AddAsync("agent m", new Spend { Requests = 1, OutputTokens = 7, Usd = 2 }, default);
        clock.Advance(TimeSpan.FromSeconds(2));
        await first.RefreshAsync(default);
        Assert.Equal((2, 12, 3m), (first.Total.Requests, first.Total.Tokens, first.Total.Usd));
        Assert.Equal(3m, (await SpendLedger.ReadAsync(state, "a", default)).Total.Usd);

        await state.WriteAsync(SpendLedger.PartitionOf("a"), [StateWrite.Delete("one"), StateWrite.Delete("two")], default);
        clock.Advance(TimeSpan.FromSeconds(2));
        await first.RefreshAsync(default);
        Assert.Equal(0, first.Total.Requests);
    }

    [Theory]
    [InlineData(2.0, null, 1.9, 0, true)]
    [InlineData(2.0, null, 2.0, 0, false)]
    [InlineData(null, 10L, 99, 9, true)]
    [InlineData(null, 10L, 0, 10, false)]
    [InlineData(null, null, 1e6, 1_000_000, true)]
    public async Task Guard_Spent_LetsTheNextCallGoOnlyBelowEveryLimit(double? usd, long? tokens, double spent, long used, bool goes)
    {
        var ledger = SpendLedger.Uncovered(clock);
        ledger.Count("agent m", new Spend { Usd = (decimal)spent, InputTokens = used });
        var guard = new BudgetGuard(ledger, _ => ValueTask.FromResult(new Budget { Usd = usd, Tokens = tokens }), clock);

        Assert.Equal(goes ? null : typeof(BudgetSpentException), (await Record.ExceptionAsync(() => guard.CheckAsync(default)))?.GetType());
    }

    [Fact]
    public void Cost_EndpointThatCountsCachedTokensBesideTheOthers_IsNeverBelowNothing()
    {
        var prices = new Prices(2, 1, 4);

        Assert.Equal(0.000005m, prices.Cost(new ModelUsage(1, 2, 1, 0, 0)) + prices.Cost(new ModelUsage(1, 2, 9, 0, 0)));
        Assert.Equal(0m, prices.Cost(new ModelUsage(1, 0, 9, -3, 0)));
    }
}
