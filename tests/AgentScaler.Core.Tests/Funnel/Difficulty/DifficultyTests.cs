using AgentScaler.Funnel;
using AgentScaler.Funnel.Difficulty;
using FsCheck.Xunit;

namespace AgentScaler.Core.Tests.Funnel.Difficulty;

public sealed class DifficultyTests
{
    private static readonly DifficultySettings Settings = new();

    [Theory]
    [InlineData(4, 4, 2, 1.0)]
    [InlineData(4, 2, 1, 0.5)]
    [InlineData(4, 2, 2, 1.0 / 6)]
    [InlineData(4, 2, 3, 0)]
    [InlineData(8, 5, 3, 10.0 / 56)]
    public void Of_TrialsPassed_IsTheShareOfSubsetsThatPass(int trials, int passed, int k, double expected) =>
        Assert.Equal(expected, PassK.Of(trials, passed, k), 12);

    /// <summary>Against counting the subsets one by one.</summary>
    [Property(MaxTest = 100)]
    public void Of_AnyCounts_EqualsCountingSubsets(byte n, byte c, byte k)
    {
        var trials = (n % 8) + 1;
        var passed = c % (trials + 1);
        var size = (k % trials) + 1;
        var subsets = Enumerable.Range(0, 1 << trials).Where(set => int.PopCount(set) == size).ToList();
        var all = subsets.Count(set => Enumerable.Range(0, trials).All(i => (set & (1 << i)) == 0 || i < passed));
        Assert.Equal(all / (double)subsets.Count, PassK.Of(trials, passed, size), 12);
    }

    [Theory]
    [InlineData(2, 3, 1)]
    [InlineData(2, -1, 1)]
    [InlineData(2, 1, 0)]
    [InlineData(2, 1, 3)]
    public void Of_CountsOutOfRange_AreRefused(int trials, int passed, int k) => Assert.Throws<ArgumentOutOfRangeException>(() => PassK.Of(trials, passed, k));

    [Theory]
    [InlineData(0, 0, DifficultyBand.Untried)]
    [InlineData(4, 0, DifficultyBand.Unsolved)]
    [InlineData(4, 1, DifficultyBand.Hard)]
    [InlineData(4, 2, DifficultyBand.Medium)]
    [InlineData(4, 3, DifficultyBand.Easy)]
    [InlineData(10, 4, DifficultyBand.Medium)]
    public void BandOf_Share_IsByTheThresholds(int trials, int passed, DifficultyBand band) => Assert.Equal(band, Settings.BandOf(trials, passed));

    [Fact]
    public void Of_SpoiltEpisodes_AreNoTrials_AndTheQuotaIsNoFailure()
    {
        Verdict[] verdicts =
        [
            new("a", true, null, null, null, null),
            new("b", false, FunnelStage.Quota, FunnelReasons.ErrorQuota, Attribution.Agent, "-"),
            new("c", false, FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent, "-"),
            new("d", false, FunnelStage.Validity, FunnelReasons.StoppedEarly, Attribution.User, "-"),
            new("e", false, FunnelStage.Validity, FunnelReasons.ReplayDiffers, Attribution.Tool, "-"),
            new("f", false, FunnelStage.Validity, FunnelReasons.TaskLeakedValue, Attribution.Task, "-"),
        ];
        var difficulty = TaskDifficulty.Of("task", "env", verdicts, Settings);
        Assert.Equal((3, 2, 1, 3, DifficultyBand.Medium), (difficulty.Trials, difficulty.Passed, difficulty.Kept, difficulty.Spoilt, difficulty.Band));
        Assert.Equal([2 / 3.0, 1 / 3.0, 0], difficulty.PassK);
    }

    [Fact]
    public void Of_Tasks_CountsBandsAndAveragesOverTasksWithEnoughTrials()
    {
        var report = DifficultyReport.Of([Task("a", 4, 4), Task("b", 4, 2), Task("c", 2, 0), Task("d", 0, 0)]);
        Assert.Equal(4, report.Tasks);
        Assert.Equal(
            [(DifficultyBand.Easy, 1L), (DifficultyBand.Medium, 1), (DifficultyBand.Hard, 0), (DifficultyBand.Unsolved, 1), (DifficultyBand.Untried, 1)],
            report.Bands.Select(band => (band.Band, band.Tasks)));
        Assert.Equal([(1, 3L, 0.5), (2, 3, (1 + (1 / 6.0)) / 3), (3, 2, 0.5), (4, 2, 0.5)], report.PassK.Select(mean => (mean.K, mean.Tasks, mean.Mean)));
    }

    [Fact]
    public void Plan_ThinBand_TriesItsTasksAgainUntilTheyShouldFillIt()
    {
        var tasks = Enumerable.Range(0, 20).Select(i => Task($"easy-{i:00}", 4, 4)).Concat([Task("hard-1", 4, 1), Task("hard-2", 4, 1), Task("unsolved", 4, 0)]).ToList();
        var plan = DifficultyPlanner.Plan(tasks, Settings with { MaximumMoreTrials = 8 }, null, scripted: true);
        var hard = plan.Bands.Single(band => band.Band == DifficultyBand.Hard);
        Assert.Equal((25L, 2L), (hard.Wanted, hard.Kept));
        Assert.Equal(["hard-1", "hard-2", "unsolved"], plan.Tasks.Select(task => task.Task));
        Assert.All(plan.Tasks, task => Assert.Equal((8, "thin-hard"), (task.More, task.Why)));
        Assert.Equal((8 * 0.25 * 2) + (8 / 6.0), hard.Expected, 9);
        Assert.True(hard.MoreTasks > 0);
        Assert.Contains("longShare", hard.Advice, StringComparison.Ordinal);
        Assert.Contains("mistakes injected", plan.About, StringComparison.Ordinal);
        Assert.Equal(8, plan.MoreTrials["hard-1"]);
        var easy = plan.Bands.Single(band => band.Band == DifficultyBand.Easy);
        Assert.Equal((0.0, 0L), (easy.Expected, easy.MoreTasks));
    }

    [Fact]
    public void Plan_SpoiltTask_GetsTheTrialsItLacks_OnTopOfEarlierOnes()
    {
        var plan = DifficultyPlanner.Plan([Task("a", 0, 0), Task("b", 4, 4), Task("c", 4, 2), Task("d", 4, 1)], Settings with { EasyShare = 0.1, MediumShare = 0.1, HardShare = 0.05 },
            new Dictionary<string, int> { ["a"] = 3, ["b"] = 1 }, scripted: false);
        Assert.Equal(2, plan.Tasks.Single(task => task.Task == "a").More);
        Assert.Equal("too-few-trials", plan.Tasks.Single(task => task.Task == "a").Why);
        Assert.Equal((5, 1), (plan.MoreTrials["a"], plan.MoreTrials["b"]));
        Assert.DoesNotContain("injected", plan.About, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_TasksNearTheMostTrials_GetAndPromiseNoMoreThanTheDocumentTakes()
    {
        var tasks = Enumerable.Range(0, 20).Select(i => Task($"easy-{i:00}", 4, 4)).Concat([Task("hard-1", 4, 1), Task("hard-2", 4, 1), Task("spoilt", 0, 0), Task("unsolved", 4, 0)]).ToList();
        var plan = DifficultyPlanner.Plan(tasks, Settings with { MaximumMoreTrials = 8 }, new Dictionary<string, int> { ["hard-1"] = 95, ["hard-2"] = 100, ["spoilt"] = 99 }, scripted: false);
        Assert.Equal([("hard-1", 5), ("spoilt", 1), ("unsolved", 8)], plan.Tasks.Select(task => (task.Task, task.More)));
        Assert.Equal((100, 100, 100), (plan.MoreTrials["hard-1"], plan.MoreTrials["hard-2"], plan.MoreTrials["spoilt"]));
        Assert.Equal((5 * 0.25) + (8 / 6.0), plan.Bands.Single(band => band.Band == DifficultyBand.Hard).Expected, 9);
    }

    [Fact]
    public void Plan_TrialsThatTooFewTasksGetAnyway_CountForTheirThinBand()
    {
        var tasks = Enumerable.Range(0, 10).Select(i => Task($"easy-{i:00}", 8, 8)).Concat([Task("hard-1", 4, 1), Task("hard-2", 8, 1)]).ToList();
        var settings = Settings with { MinimumTrials = 8, EasyShare = 0.97, MediumShare = 0, HardShare = 0.03 };
        var plan = DifficultyPlanner.Plan(tasks, settings, null, scripted: false);
        var hard = plan.Bands.Single(band => band.Band == DifficultyBand.Hard);
        Assert.Equal((3L, 2L, 1.0, 0L), (hard.Wanted, hard.Kept, hard.Expected, hard.MoreTasks));
        Assert.Equal(("hard-1", 4, "too-few-trials"), plan.Tasks.Select(task => (task.Task, task.More, task.Why)).Single());
    }

    private static TaskDifficulty Task(string id, int trials, int passed) =>
        new(id, "env", trials, passed, passed, 0, Settings.BandOf(trials, passed), PassK.All(trials, passed));
}
