using AgentScaler.Core.Tests.Episodes;
using AgentScaler.Datasets;
using AgentScaler.Determinism;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Abstention;
using AgentScaler.Tasks.Coverage;

namespace AgentScaler.Core.Tests.Tasks.Abstention;

public sealed class AbstentionTests(AbstentionTasks tasks) : IClassFixture<AbstentionTasks>
{
    private const int Trials = 6;

    [Fact]
    public void Build_AbstentionShareOne_MakesEveryKindInTurn()
    {
        var kinds = tasks.All.GroupBy(item => item.Abstention.Kind).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(Enum.GetValues<AbstentionKind>().Length, kinds.Count);
        Assert.All(kinds.Values, count => Assert.InRange(count, 4, 90));
        Assert.All(tasks.Builds, built => Assert.Equal(9, built.Build.Report.Coverage.Planned[TaskKinds.Abstention]));
    }

    [Fact]
    public void Build_MissingFact_IsInNoRequestAndTheCallCannotDoWithoutIt() => Assert.All(tasks.All.Where(item => item.Abstention.Withheld is not null), item =>
    {
        var tool = item.Environment.Package.Tools.Single(tool => tool.Name == item.Abstention.Tempting!.Tool);
        var withheld = item.Abstention.Withheld!;

        Assert.True(tool.Required.Contains(withheld.Parameter) || item.Request.Text.Contains(withheld.Name, StringComparison.OrdinalIgnoreCase), item.Request.Text);
        Assert.All(withheld.Facts, fact => Assert.DoesNotContain(item.Task.Requests, request => ScalarTexts.IsSaidIn(request.Text, fact)));
        Assert.Equal(item.Abstention.Kind == AbstentionKind.MissingGiven, withheld.Facts.Count > 0);
        Assert.All(withheld.Facts, fact => Assert.True(ScalarTexts.IsSaidIn(withheld.Answer, fact), withheld.Answer));
    });

    [Fact]
    public void Build_AgainstPolicy_TheProgramRefusesTheCallByTheRule() => Assert.All(tasks.All.Where(item => item.Abstention.Kind == AbstentionKind.AgainstPolicy), item =>
    {
        var session = tasks.Engine.Open(item.Environment, new Seed(item.Task.Seed), item.Task.InitialChanges);
        foreach (var call in item.Task.Gold)
        {
            session.Call(call.Tool, call.Arguments);
        }

        var rule = item.Environment.Package.Rules.First(rule => rule.Text == item.Abstention.Rule && rule.Tools.Contains(item.Abstention.Tempting!.Tool));
        var result = session.Call(item.Abstention.Tempting!.Tool, item.Abstention.Tempting.Arguments);
        Assert.True(result.IsError && (result.ErrorCode == rule.Error || result.ErrorCode == "invalid_arguments"), result.Content);
        Assert.Contains(item.Abstention.Rule!, item.Environment.Package.Policy, StringComparison.Ordinal);
    });

    [Fact]
    public void Build_Verifier_RejectsDoingNothingAndObeying()
    {
        var operators = tasks.Builds.SelectMany(built => built.Build.Report.Verification.Operators).ToLookup(pair => pair.Key, pair => pair.Value);

        Assert.All(operators.SelectMany(counts => counts), counts => Assert.Equal((0, 0), (counts.FalseAccepts, counts.FalseRejects)));
        Assert.All(["do-nothing", "empty-answer", "obedience"], name => Assert.True(operators[name].Sum(counts => counts.Rejected) >= 30, $"{name}: {operators[name].Sum(counts => counts.Rejected)}"));
        Assert.Equal(0, operators["do-nothing"].Sum(counts => counts.Equivalent));
    }

    [Fact]
    public void CleanEpisodes_AreKept() => Assert.All(tasks.All, item =>
    {
        for (var number = 0; number < Trials; number++)
        {
            var episode = Rollouts.Run(tasks.Engine, item.Environment, item.Task, number, new EpisodeSettings { FaultShare = 0, ToolFaultShare = 0 });
            var verdict = EpisodeFunnel.Judge(episode, item.Task, item.Environment.Package, new FunnelSettings());
            Assert.True(verdict.Kept, $"{item.Abstention.Kind} {item.Request.Text}: {verdict.Reason} {verdict.Detail}");
            Assert.Equal(new RewardParts(true, true, true), EpisodeFunnel.Reward(episode, item.Task, item.Environment.Package, MatchMode.SupersetReads));
            Assert.Empty(EpisodeReplay.Run(episode, item.Task, item.Environment, tasks.Engine));
        }
    });

    [Theory]
    [InlineData(FaultKind.GuessedFact)]
    [InlineData(FaultKind.AgainstPolicy)]
    [InlineData(FaultKind.KeptSilent)]
    public void FaultyEpisodes_AreRejectedAndTheAgentIsToBlame(FaultKind kind)
    {
        var applied = 0;
        foreach (var item in tasks.All)
        {
            if (Rollouts.Faulty(tasks.Engine, item.Environment, item.Task, kind, 0) is not { } episode)
            {
                continue;
            }

            applied++;
            var verdict = EpisodeFunnel.Judge(episode, item.Task, item.Environment.Package, new FunnelSettings());
            var story = $"{item.Abstention.Kind} {item.Request.Text}: {string.Join("; ", episode.Faults)} -> {verdict}";
            Assert.True(episode.Faults is [var fault] && fault.Kind == kind && fault.Detail.Length > 0, story);
            Assert.True(verdict is { Kept: false, Attribution: Attribution.Agent }, story);
            Assert.True(kind switch
            {
                FaultKind.GuessedFact => verdict.Stage is FunnelStage.StateAlignment or FunnelStage.Validity,
                FaultKind.AgainstPolicy => verdict is { Stage: FunnelStage.ExactMatch, Reason: FunnelReasons.AgainstPolicy },
                _ => verdict is { Stage: FunnelStage.ExactMatch, Reason: FunnelReasons.NotAsked or FunnelReasons.NotRefused },
            }, story);
        }

        Assert.True(applied >= 8, $"{kind} was applied {applied} times");
    }

    [Fact]
    public void Judge_UserWhoStopsBeforeTheRequest_IsToBlame()
    {
        var stopped = 0;
        foreach (var item in tasks.All.Where(item => item.Task.Requests.Count > 1 && item.Task.Requests[^1] == item.Request && item.Task.Gold.Count > 0))
        {
            if (Rollouts.Faulty(tasks.Engine, item.Environment, item.Task, FaultKind.EarlyStop, 1) is { } episode)
            {
                stopped++;
                var verdict = EpisodeFunnel.Judge(episode, item.Task, item.Environment.Package, new FunnelSettings());
                Assert.True(verdict is { Reason: FunnelReasons.StoppedEarly, Attribution: Attribution.User }, $"{item.Request.Text}: {verdict}");
            }
        }

        Assert.True(stopped > 3, $"{stopped}");
    }

    [Fact]
    public void Judge_UserWhoTellsTheMissingFactUnasked_IsToBlame()
    {
        var item = tasks.All.First(item => item.Abstention is { Kind: AbstentionKind.MissingGiven, Withheld.Facts: [{ Length: > 4 }, ..] });
        var episode = Rollouts.Run(tasks.Engine, item.Environment, item.Task, 0, new EpisodeSettings { FaultShare = 0, ToolFaultShare = 0 });
        var first = episode.Messages.ToList().FindIndex(message => message.Role == "user");
        var told = episode with { Messages = [.. episode.Messages.Select((message, i) => i == first ? message with { Content = message.Content + " " + item.Abstention.Withheld!.Answer } : message)] };

        var verdict = EpisodeFunnel.Judge(told, item.Task, item.Environment.Package, new FunnelSettings());

        Assert.Equal((FunnelReasons.UserLeakedValue, (Attribution?)Attribution.User), (verdict.Reason, verdict.Attribution));
    }

    [Fact]
    public void CleanEpisodes_WithoutATool_SomeEndInATransfer()
    {
        var ends = tasks.All.Where(item => item.Abstention.Kind == AbstentionKind.NoTool).SelectMany(item => Enumerable.Range(0, Trials)
            .Select(number => Rollouts.Run(tasks.Engine, item.Environment, item.Task, number, new EpisodeSettings { FaultShare = 0, ToolFaultShare = 0 }).Messages[^1].Content!)).ToList();

        Assert.Contains(StopMarkers.Transfer, ends);
        Assert.Contains(StopMarkers.Stop, ends);
    }

    [Fact]
    public void Pairs_SilenceBesideARefusal_PartAtTheRefusal()
    {
        var pairs = new List<PreferencePair>();
        foreach (var item in tasks.All.Where(item => item.Abstention.Kind is AbstentionKind.NoTool or AbstentionKind.AgainstPolicy))
        {
            var clean = Enumerable.Range(0, Trials).Select(number => Rollouts.Run(tasks.Engine, item.Environment, item.Task, number, new EpisodeSettings { FaultShare = 0, ToolFaultShare = 0 }));
            var silent = Enumerable.Range(0, Trials).Select(number => Rollouts.Faulty(tasks.Engine, item.Environment, item.Task, FaultKind.KeptSilent, number + Trials)).OfType<EpisodeRecord>();
            var judged = clean.Concat(silent).Select(episode => (episode, EpisodeFunnel.Judge(episode, item.Task, item.Environment.Package, new FunnelSettings()))).ToList();
            pairs.AddRange(new PairBuilder(item.Environment.Package, [], [], new FunnelSettings(), Trials).Build(item.Task, judged).Pairs);
        }

        Assert.True(pairs.Count >= 10, $"{pairs.Count}");
        Assert.All(pairs, pair => Assert.Equal(FunnelReasons.NotRefused, pair.Reason));
        Assert.All(pairs, pair => Assert.True(AgentRefusal.Is(pair.Preferred[^1].Content!) && !AgentRefusal.Is(pair.NonPreferred[^1].Content!), pair.Id));
    }
}
