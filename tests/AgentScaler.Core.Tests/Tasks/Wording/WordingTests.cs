using System.Text.RegularExpressions;
using AgentScaler.Core.Tests.Episodes;
using AgentScaler.Environments.Engine;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Wording;

namespace AgentScaler.Core.Tests.Tasks.Wording;

public sealed partial class WordingTests(WordedTasks worded) : IClassFixture<WordedTasks>
{
    private static readonly EpisodeSettings Faultless = new() { FaultShare = 0, ToolFaultShare = 0, ReasoningShare = 0.5 };

    private readonly SampleTasks sample = worded.Sample;
    private readonly IReadOnlyList<(LoadedEnvironment Environment, TaskSpec Task)> chinese = worded.Chinese;

    [Fact]
    public void Chinese_EveryRequestIsASentenceWithItsValuesAsTheyAre() => Assert.All(chinese.SelectMany(item => item.Task.Requests), request =>
    {
        Assert.Matches(Ideograph(), request.Text);
        Assert.Contains(request.Text[^1], "。？");
    });

    [Fact]
    public void Chinese_FaultlessEpisodesAreKept()
    {
        var rejected = new List<string>();
        var episodes = 0;
        foreach (var (environment, task) in chinese)
        {
            for (var number = 0; number < 2; number++)
            {
                episodes++;
                var episode = Rollouts.Run(sample.Engine, environment, task, number, Faultless);
                var verdict = EpisodeFunnel.Judge(episode, task, environment.Package, new FunnelSettings());
                rejected.AddRange(verdict.Kept ? [] : [$"{verdict.Reason} {verdict.Detail}: {task.Requests[0].Text}"]);
                Assert.All(episode.Messages.Where(message => message is { Role: "assistant", Content: not null }), message => Assert.Matches(Ideograph(), message.Content!));
            }
        }

        Assert.True(rejected.Count <= episodes / 50, $"{rejected.Count} of {episodes}: {string.Join('\n', rejected.Take(5))}");
    }

    [Theory]
    [InlineData(FaultKind.Unasked, FunnelReasons.Unconfirmed)]
    [InlineData(FaultKind.RepeatedReasoning, FunnelReasons.RepeatedPhrases)]
    public void Chinese_MistakesOfTalkAreNoticed(FaultKind kind, string reason)
    {
        var verdicts = chinese.Select(item => (item, Episode: Rollouts.Faulty(sample.Engine, item.Environment, item.Task, kind, 0))).Where(pair => pair.Episode is not null)
            .Select(pair => EpisodeFunnel.Judge(pair.Episode!, pair.item.Task, pair.item.Environment.Package, new FunnelSettings())).ToList();

        Assert.True(verdicts.Count >= 10, $"{verdicts.Count}");
        Assert.All(verdicts, verdict => Assert.Equal(reason, verdict.Reason));
    }

    [Fact]
    public void English_StylesAreAllThereAndDiffer()
    {
        var byStyle = sample.All.GroupBy(item => item.Task.Manner!.Style).ToDictionary(group => group.Key, group => group.SelectMany(item => item.Task.Requests).Average(request => request.Text.Length));

        Assert.Equal(Enum.GetValues<RequestStyle>().Length, byStyle.Count);
        Assert.True(byStyle[RequestStyle.Terse] < byStyle[RequestStyle.Formal], $"{byStyle[RequestStyle.Terse]} {byStyle[RequestStyle.Formal]}");
        Assert.Contains(sample.All, item => item.Task.Manner!.Persona is not null);
    }

    [Fact]
    public void Corrections_GoldGoesByWhatIsMeantAndFollowingTheSlipIsRejected()
    {
        var corrected = worded.Build(new TaskSettings { PerEnvironment = 8, CorrectionShare = 1, AbstentionShare = 0 }).Where(item => item.Task.Requests.Any(request => request.Correction is not null)).ToList();
        var followed = 0;
        Assert.True(corrected.Count >= 30, $"{corrected.Count}");
        foreach (var (environment, task) in corrected)
        {
            var request = task.Requests.Single(request => request.Correction is not null);
            var correction = request.Correction!;
            var meant = task.Gold[correction.Call].Arguments.GetProperty(correction.Parameter);
            Assert.NotEqual(correction.Wrong.ToString(), meant.ToString());
            var (wrong, right) = (SpokenForms.Of(correction.Wrong.ToString()), SpokenForms.Of(ScalarTexts.Of(meant).First()));
            Assert.Contains(wrong, form => request.Text.Contains(form, StringComparison.Ordinal));
            Assert.True(wrong.Max(form => request.Text.IndexOf(form, StringComparison.Ordinal)) < right.Max(form => request.Text.LastIndexOf(form, StringComparison.Ordinal)), request.Text);
            Assert.True(EpisodeFunnel.Judge(Rollouts.Run(sample.Engine, environment, task, 0, Faultless), task, environment.Package, new FunnelSettings()).Kept, request.Text);
            for (var number = 0; number < 4; number++)
            {
                if (Rollouts.Faulty(sample.Engine, environment, task, FaultKind.WrongArgument, number) is { Faults: [{ } fault] } episode
                    && fault.GoldCall == correction.Call && fault.Detail.Contains(correction.Wrong.GetRawText() + " instead of", StringComparison.Ordinal))
                {
                    followed++;
                    Assert.False(EpisodeFunnel.Judge(episode, task, environment.Package, new FunnelSettings()).Kept && episode.FinalHash != task.GoldHash, request.Text);
                }
            }
        }

        Assert.True(followed >= 10, $"{followed}");
    }

    [Fact]
    public void Reasoning_IsThereWhereWantedVariesAndIsNoFault()
    {
        var thoughts = new List<string>();
        foreach (var (environment, task) in sample.All.Take(60))
        {
            var episode = Rollouts.Run(sample.Engine, environment, task, 0, Faultless with { ReasoningShare = 1 });
            Assert.All(episode.Messages.Where(message => message.Role == "assistant" && message.ToolCalls is not null), message => Assert.NotNull(message.ReasoningContent));
            Assert.NotEqual(FunnelReasons.RepeatedPhrases, EpisodeFunnel.Judge(episode, task, environment.Package, new FunnelSettings()).Reason);
            thoughts.AddRange(episode.Messages.Select(message => message.ReasoningContent).OfType<string>());
        }

        Assert.DoesNotContain(thoughts, thought => thought.Contains('<', StringComparison.Ordinal) || StopMarkers.Find(thought) is not null);
        Assert.True(thoughts.Distinct().Count() > thoughts.Count / 4, $"{thoughts.Distinct().Count()} of {thoughts.Count}");
    }

    [Fact]
    public void ParallelCalls_NoneNeedsAResultOfItsOwnMessage()
    {
        var together = 0;
        foreach (var (environment, task) in sample.All)
        {
            var episode = Rollouts.Run(sample.Engine, environment, task, 1, Faultless with { ParallelShare = 1 });
            var verdict = EpisodeFunnel.Judge(episode, task, environment.Package, new FunnelSettings());
            Assert.True(verdict.Kept, $"{task.Id}: {verdict.Reason}, {verdict.Detail}");
            foreach (var message in episode.Messages.Where(message => message.ToolCalls is { Count: > 1 }))
            {
                together++;
                Assert.All(message.ToolCalls!, call => Assert.False(environment.Package.Tools.First(tool => tool.Name == call.Name).Writes));

                // All calls of the episode are gold's, in gold's order.
                var gold = message.ToolCalls!.Select(call => episode.Calls.ToList().FindIndex(made => made.Id == call.Id)).ToList();
                Assert.All(gold, i => Assert.DoesNotContain(task.Gold[i].Origins, origin => origin.Step is { } step && gold.Contains(step)));
            }
        }

        Assert.True(together > 15, $"{together}");
    }

    [Fact]
    public void Build_RowFoundThroughAnother_IsNotSaidToHaveItsFields() => Assert.All(sample.All, item => Assert.All(item.Task.Requests, request =>
        Assert.All(Whose().Matches(request.Text), match =>
        {
            var owners = item.Environment.Package.Schema.Collections.Where(collection => collection.Fields.Any(field => SpokenWords.Stem(field.Name) == match.Groups["field"].Value || SpokenWords.Plain(field.Name) == match.Groups["field"].Value));
            Assert.Contains(owners, collection => match.Groups["entity"].Value.EndsWith(SpokenWords.Plain(collection.Noun), StringComparison.Ordinal));
        })));

    [Fact]
    public void Build_NearDuplicates_AreCapped() => Assert.All(sample.Built, built =>
        Assert.All(built.Build.Tasks.CountBy(IntentSkeleton.Of), pair => Assert.InRange(pair.Value, 1, new TaskSettings().MaximumSameIntent)));

    [GeneratedRegex("the (?<entity>[a-z ]+) whose (?<field>[a-z0-9 ]+) is ")]
    private static partial Regex Whose();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideograph();
}
