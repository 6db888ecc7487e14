using AgentScaler.Episodes;
using AgentScaler.Episodes.ToolFaults;
using AgentScaler.Funnel;
using AgentScaler.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Episodes.ToolFaults;

public sealed class ToolFaultTests(LibraryRollouts library) : IClassFixture<LibraryRollouts>
{
    private const int Seeds = 60;

    private static readonly EpisodeSettings Always = new() { FaultShare = 0, ToolFaultShare = 1 };

    [Fact]
    public void CleanEpisode_WhateverToolFails_IsKeptAndReplays()
    {
        var kinds = new Dictionary<ToolFaultKind, int>();
        foreach (var (task, episode) in All())
        {
            var fault = episode.ToolFault!;
            kinds[fault.Kind] = kinds.GetValueOrDefault(fault.Kind) + 1;
            var verdict = library.Judge(episode);
            Assert.True(verdict.Kept, $"{task.Id} {fault}: {verdict.Reason} {verdict.Detail}");
            Assert.Equal(new RewardParts(true, true, true), EpisodeFunnel.Reward(episode, task, library.Environment.Package, MatchMode.Strict));
            Assert.Empty(EpisodeReplay.Run(episode, task, library.Environment, library.Engine));
            Assert.False(new StateTruth(library.Engine, library.Environment).Differs(episode, task));
            Assert.Contains(episode.Calls, fault.Explains);
        }

        Assert.Equal(Enum.GetValues<ToolFaultKind>().Length, kinds.Count);
        Assert.All(kinds.Values, count => Assert.True(count >= 10, $"{count}"));
    }

    [Fact]
    public void TransientFailure_IsMadeAgainUnchangedAndEndsLikeGold() => Assert.All(All().Where(item => item.Episode.ToolFault!.IsTransient), item =>
    {
        var failed = item.Episode.Calls.Where(call => call.IsError).ToList();
        Assert.InRange(failed.Count, 1, 2);
        Assert.All(failed, call => Assert.Contains(item.Episode.Calls, other => !other.IsError && other.Tool == call.Tool && CanonicalJson.AreEqual(other.Arguments, call.Arguments)));
        Assert.Equal(item.Task.GoldHash, item.Episode.FinalHash);
    });

    [Fact]
    public void Outage_UnreportedOrCoveredUp_IsRejected()
    {
        var tried = 0;
        foreach (var (task, episode) in All().Where(item => !item.Episode.ToolFault!.IsTransient))
        {
            var silent = episode with { Messages = [.. episode.Messages.Select(message => message is { Role: "assistant", ToolCalls: null } ? message with { Content = "All is done." } : message)] };
            var verdict = library.Judge(silent);
            Assert.False(verdict.Kept, $"{task.Id} {episode.ToolFault}");
            tried += verdict.Reason == FunnelReasons.FailureUnreported ? 1 : 0;
        }

        Assert.True(tried >= 5, $"{tried} for that alone");
    }

    [Fact]
    public void Outage_AgentThatFindsAnotherWayToAllOfIt_IsKeptWithoutAReport()
    {
        var (task, episode) = All().First(item => item.Episode.ToolFault is { IsTransient: false } fault && fault.GoldHash != item.Task.GoldHash);
        var whole = library.Clean(task, episode.Trial);

        var verdict = library.Judge(whole with { ToolFault = episode.ToolFault });

        Assert.True(verdict.Kept, $"{verdict.Reason} {verdict.Detail}");
        Assert.False(library.Judge(whole with { ToolFault = episode.ToolFault, FinalHash = task.InitialHash }).Kept);
    }

    [Fact]
    public void Outage_NothingItTakesAwayIsKnownFromElsewhere() => Assert.All(All().Where(item => !item.Episode.ToolFault!.IsTransient), item =>
    {
        var excused = item.Episode.ToolFault!.Excused;
        foreach (var call in excused)
        {
            foreach (var origin in item.Task.Gold[call].Origins.Where(origin => origin.Step is { } step && excused.Contains(step)))
            {
                var value = ScalarTexts.Of(item.Task.Gold[call].Arguments.GetProperty(origin.Parameter)).First();
                Assert.DoesNotContain(item.Task.Gold.Take(call).Where((_, i) => !excused.Contains(i)), earlier => ScalarTexts.IsWordOf(value, earlier.Result));
            }
        }
    });

    [Fact]
    public void Judge_RecordWithoutItsFault_NoLongerAgrees()
    {
        var (task, episode) = All().First(item => item.Episode.ToolFault is { IsTransient: false, Excused.Count: var excused } && excused < item.Task.Gold.Count && item.Episode.FinalHash != item.Task.GoldHash);

        Assert.False(library.Judge(episode with { ToolFault = null }).Kept);
        Assert.NotEmpty(EpisodeReplay.Run(episode with { ToolFault = null }, task, library.Environment, library.Engine));
    }

    [Fact]
    public void FaultyEpisode_WhateverToolFailsBesides_EndsAndIsNeverKeptWithOtherRows()
    {
        var truth = new StateTruth(library.Engine, library.Environment);
        var settings = new EpisodeSettings { FaultShare = 1, ToolFaultShare = 1 };
        foreach (var task in library.Tasks)
        {
            for (var number = 0; number < 4 * Seeds; number++)
            {
                var episode = Rollouts.Run(library.Engine, library.Environment, task, number, settings);
                var verdict = library.Judge(episode);
                Assert.False(verdict.Kept && truth.Differs(episode, task), $"{task.Id} {number} {episode.ToolFault} {string.Join("; ", episode.Faults)}");
                Assert.Empty(EpisodeReplay.Run(episode, task, library.Environment, library.Engine));
            }
        }
    }

    [Fact]
    public void Episode_SameSeed_FailsTheSameWay() => Assert.All(All().Take(20), item =>
        Assert.Equal(CanonicalJson.Serialize(item.Episode), CanonicalJson.Serialize(Rollouts.Run(library.Engine, library.Environment, item.Task, item.Episode.Trial, Always))));

    private IEnumerable<(TaskSpec Task, EpisodeRecord Episode)> All() =>
        library.Tasks.SelectMany(task => Enumerable.Range(0, Seeds).Select(number => (task, Rollouts.Run(library.Engine, library.Environment, task, number, Always))));
}
