using AgentScaler.Determinism;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Json;

namespace AgentScaler.Core.Tests.Funnel;

public sealed class FunnelCountsTests
{
    private static readonly Verdict[] Verdicts =
    [
        Kept("a"), Kept("b"), Kept("c"), Kept("d"),
        new("e", false, FunnelStage.Validity, FunnelReasons.StoppedEarly, Attribution.User, "-"),
        new("f", false, FunnelStage.Validity, FunnelReasons.RepeatedCall, Attribution.Agent, "-"),
        new("g", false, FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent, "-"),
        new("h", false, FunnelStage.ExactMatch, FunnelReasons.ExtraWrite, Attribution.Agent, "-"),
    ];

    [Fact]
    public void Of_Verdicts_ChainsTheStages()
    {
        var counts = FunnelCounts.Of(Verdicts);
        Assert.Equal((8, 4), (counts.Episodes, counts.Kept));
        Assert.Equal([(8L, 6L), (6L, 5L), (5L, 4L), (4L, 4L)], counts.Stages.Select(stage => (stage.In, stage.Out)));
        Assert.Equal(1, counts.Stages[0].Reasons[FunnelReasons.StoppedEarly]);
        Assert.Equal(1, counts.Stages[0].Attributions["user"]);
    }

    [Fact]
    public void Sum_AnySplitAndOrder_IsTheCountOfAll()
    {
        var all = CanonicalJson.Serialize(FunnelCounts.Of(Verdicts));
        for (var i = 0; i < 20; i++)
        {
            var random = new Seed("split").Child(i).Random();
            var shuffled = random.Shuffle(Verdicts);
            var cut = random.Next(Verdicts.Length);
            Assert.Equal(all, CanonicalJson.Serialize(FunnelCounts.Sum([FunnelCounts.Of(shuffled.Take(cut)), FunnelCounts.Of(shuffled.Skip(cut))])));
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.25, 1)]
    [InlineData(0.4, 2)]
    [InlineData(1, 3)]
    public void Apply_EpisodesWithErrors_KeepsTheSmallestIdsUpToTheShare(double quota, int expected)
    {
        Verdict[] verdicts = [Kept("z-error"), Kept("b"), Kept("a-error"), Kept("d"), Kept("m-error"), Kept("c"), Verdicts[6]];
        var withErrors = new HashSet<string> { "a-error", "m-error", "z-error", "g" };
        var applied = ErrorQuota.Apply(verdicts, withErrors, quota);
        Assert.Equal(verdicts.Select(verdict => verdict.Episode), applied.Select(verdict => verdict.Episode));
        Assert.Equal(
            new[] { "a-error", "m-error", "z-error" }.Take(expected),
            applied.Where(verdict => verdict.Kept && withErrors.Contains(verdict.Episode)).Select(verdict => verdict.Episode).Order(StringComparer.Ordinal));
        Assert.All(applied.Where(verdict => verdict.Stage == FunnelStage.Quota), verdict => Assert.Equal(FunnelReasons.ErrorQuota, verdict.Reason));
        Assert.Equal(3, applied.Count(verdict => verdict.Kept && !withErrors.Contains(verdict.Episode)));
    }

    [Fact]
    public void Confusion_Sum_CountsCleanEpisodesAndHoles()
    {
        var clean = new InjectedOutcome([], true, false);
        var wrong = new InjectedOutcome([FaultKind.WrongArgument], false, true);
        var lucky = new InjectedOutcome([FaultKind.WrongArgument], false, false);
        var table = ConfusionTable.Sum(
        [
            ConfusionTable.Of(wrong, Verdicts[6]), ConfusionTable.Of(clean, Kept("a")), ConfusionTable.Of(lucky, Kept("b")),
            ConfusionTable.Of(clean, Verdicts[7]), ConfusionTable.Of(wrong, Kept("hole")),
        ]);
        Assert.Equal((2, 1, 2, 1), (table.Clean, table.CleanKept, table.StateErrors, table.StateErrorsKept));
        Assert.Equal(["none", "wrong-argument"], table.Rows.Select(row => row.Fault));
        Assert.Equal((3, 2, 1, 2, 1), (table.Rows[1].Episodes, table.Rows[1].Kept, table.Rows[1].RejectedState, table.Rows[1].StateErrors, table.Rows[1].StateErrorsKept));
        Assert.Equal("state-alignment", table.Rows[1].Expected);
    }

    private static Verdict Kept(string episode) => new(episode, true, null, null, null, null);
}
