using System.Text.Json;
using AgentScaler.Environments.Engine;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Episodes.Scripted;
using AgentScaler.Funnel;
using AgentScaler.Json;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Episodes;

public sealed class ScriptedEpisodeTests(LibraryRollouts library) : IClassFixture<LibraryRollouts>
{
    private const int Seeds = 40;

    /// <summary>The kinds that fit tasks all of whose requests are to be served.</summary>
    private static readonly IReadOnlyList<FaultKind> OfService =
        [.. Enum.GetValues<FaultKind>().Except([FaultKind.GuessedFact, FaultKind.AgainstPolicy, FaultKind.KeptSilent])];

    public static TheoryData<FaultKind> Kinds => [.. OfService];

    [Fact]
    public void CleanEpisode_AnyTaskAndSeed_ReachesGoldAndIsKept()
    {
        foreach (var task in library.Tasks)
        {
            for (var number = 0; number < Seeds; number++)
            {
                var episode = library.Clean(task, number);
                Assert.Empty(episode.Faults);
                Assert.Equal(Termination.UserStop, episode.Termination);
                Assert.Equal(task.GoldHash, episode.FinalHash);
                Assert.Equal(new RewardParts(true, true, true), EpisodeFunnel.Reward(episode, task, library.Environment.Package, MatchMode.Strict));
                var verdict = library.Judge(episode);
                Assert.True(verdict.Kept, $"{task.Id} {number}: {verdict.Reason} {verdict.Detail}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void FaultyEpisode_AnyTaskAndSeed_IsLabelledTruthfullyAndNeverKeptWithAStateError(FaultKind kind)
    {
        var applied = 0;
        foreach (var task in library.Tasks)
        {
            for (var number = 0; number < Seeds; number++)
            {
                if (library.Faulty(task, kind, number) is not { } episode)
                {
                    continue;
                }

                applied++;
                var verdict = library.Judge(episode);
                var story = $"{task.Id} {number}: {string.Join("; ", episode.Faults)} -> {verdict}";
                Assert.True(episode.Faults is [var fault] && fault.Kind == kind && fault.Detail.Length > 0, story);
                Assert.False(verdict.Kept && episode.FinalHash != task.GoldHash, story);
                switch (kind)
                {
                    case FaultKind.EarlyStop:
                        Assert.True(verdict is { Stage: FunnelStage.Validity, Reason: FunnelReasons.StoppedEarly, Attribution: Attribution.User }, story);
                        break;
                    case FaultKind.Repetition:
                        Assert.True(verdict is { Stage: FunnelStage.Validity, Reason: FunnelReasons.RepeatedCall or FunnelReasons.RepeatedPhrases }, story);
                        break;
                    case FaultKind.RepeatedReasoning:
                        Assert.True(verdict is { Stage: FunnelStage.Validity, Reason: FunnelReasons.RepeatedPhrases, Attribution: Attribution.Agent }, story);
                        break;
                    case FaultKind.UserLeak:
                        Assert.True(verdict is { Stage: FunnelStage.Validity, Reason: FunnelReasons.UserLeakedValue, Attribution: Attribution.User }, story);
                        break;
                    case FaultKind.UserInvention:
                        Assert.True(verdict.Kept ? episode.FinalHash == task.GoldHash : verdict is { Stage: FunnelStage.Validity, Reason: FunnelReasons.UserInventedFact, Attribution: Attribution.User }, story);
                        break;
                    case FaultKind.InvalidCallRecovered:
                        Assert.True(verdict.Kept && episode.Calls.Any(call => call.IsError), story);
                        break;
                    case FaultKind.NeedlessWrite:
                        Assert.True(verdict is { Stage: FunnelStage.StateAlignment, Reason: FunnelReasons.StateDiffers }, story);
                        break;
                    case FaultKind.WriteAndUndo:
                        Assert.Equal(task.GoldHash, episode.FinalHash);
                        Assert.True(task.IsReadOnly ? verdict is { Stage: FunnelStage.ExactMatch, Reason: FunnelReasons.ExtraWrite } : verdict.Kept, story);
                        break;
                    case FaultKind.Unasked:
                        Assert.True(verdict is { Stage: FunnelStage.Validity, Reason: FunnelReasons.Unconfirmed, Attribution: Attribution.Agent }, story);
                        break;
                    default:
                        Assert.True(!task.IsReadOnly || verdict is { Stage: FunnelStage.ExactMatch }, story);
                        break;
                }
            }
        }

        Assert.True(applied >= Seeds, $"{kind} was applied {applied} times");
    }

    [Theory]
    [InlineData(MatchMode.Strict)]
    [InlineData(MatchMode.UnorderedReads)]
    [InlineData(MatchMode.SupersetReads)]
    public void WriteAndUndo_ReadOnlyGold_IsCaughtInEveryMode(MatchMode mode)
    {
        for (var number = 0; number < Seeds; number++)
        {
            var episode = library.Faulty(library.Reading, FaultKind.WriteAndUndo, number)!;
            Assert.False(library.Judge(episode, new FunnelSettings { Match = mode }).Kept);
        }
    }

    [Fact]
    public void WrongArgument_InALookup_CarriesOnWithWhatTheLookupReallyGave()
    {
        var misled = 0;
        for (var number = 0; number < 4 * Seeds; number++)
        {
            var episode = library.Faulty(library.Writing, FaultKind.WrongArgument, number)!;
            if (episode.Faults[0].Detail.StartsWith("search_books.query", StringComparison.Ordinal)
                && episode.Calls.FirstOrDefault(call => call.Tool == "update_book") is { } update)
            {
                misled++;
                Assert.Contains($"\"{update.Arguments.GetProperty("book_id").GetString()}\"", episode.Calls[0].Result, StringComparison.Ordinal);
                Assert.NotEqual("book-101", update.Arguments.GetProperty("book_id").GetString());
            }
        }

        Assert.True(misled > 0);
    }

    [Fact]
    public void Answer_WhereALookupWasLeftOut_AdmitsItAndNeverTellsGoldsFacts()
    {
        var admitted = 0;
        for (var number = 0; number < Seeds; number++)
        {
            var episode = library.Faulty(library.Reading, FaultKind.SkippedStep, number)!;
            if (episode.Faults[0].GoldCall == 0)
            {
                admitted++;
                var said = string.Join('\n', episode.Messages.Where(message => message.Role == "assistant").Select(message => message.Content));
                Assert.Contains("could not find the author", said, StringComparison.Ordinal);
                Assert.Contains("could not look up the book", said, StringComparison.Ordinal);
                Assert.DoesNotContain("474", said, StringComparison.Ordinal);
            }
        }

        Assert.True(admitted > 0);
    }

    [Fact]
    public void Unasked_SomeAskWithoutSayingWhatFor()
    {
        var details = Enumerable.Range(0, Seeds).Select(number => library.Faulty(library.Clearing, FaultKind.Unasked, number)!.Faults[0].Detail).ToList();
        Assert.Contains(details, detail => detail.EndsWith("without asking first", StringComparison.Ordinal));
        Assert.Contains(details, detail => detail.EndsWith("after a question that names nothing", StringComparison.Ordinal));
    }

    [Fact]
    public void CleanEpisode_WhatNeedsNoConsent_IsNotAskedFor()
    {
        var said = Enumerable.Range(0, Seeds).SelectMany(number => library.Clean(library.Writing, number).Messages).Where(message => message.Role == "assistant");
        Assert.DoesNotContain(said, message => message.Content?.EndsWith('?') == true);
    }

    [Fact]
    public void Answer_ResultThatShowsNoRow_NamesTheRowByItsKey() => Assert.Contains(
        library.Clean(library.Clearing).Messages,
        message => message.Role == "assistant" && message.Content?.Contains("I have removed the loan loan-901.", StringComparison.Ordinal) == true);

    [Fact]
    public void Answer_RowsThatShareAValue_NamesEachRowOnce()
    {
        var task = Environments.LibraryEnvironment.ListingTask(library.Engine, library.Environment);
        var said = library.Clean(task).Messages.Last(message => message.Role == "assistant" && message.Content!.Contains("status", StringComparison.Ordinal)).Content;
        Assert.Contains("status: available (Dune, Emma, Middlemarch), lent (Persuasion), lost (Walden).", said, StringComparison.Ordinal);
    }

    [Fact]
    public void CleanEpisode_ReadThatNeedsConsentBesideAnother_IsAskedForOnceTheOtherIsMade()
    {
        var reading = library.Reading;
        var task = reading with { Requests = [new UserRequest(string.Join(' ', reading.Requests.Select(request => request.Text)), 0, 3, [.. reading.Requests.SelectMany(request => request.RequiredOutputs)])] };
        var guarded = LoadedEnvironment.Load(library.Environment.Package with { Rules = [new PolicyRule { Kind = PolicyRuleKind.Confirm, Text = "Before you list books, ask.", Tools = ["list_books"] }] });

        var episode = Rollouts.Run(library.Engine, guarded, task, 0, new EpisodeSettings { FaultShare = 0, ToolFaultShare = 0, ParallelShare = 1 });

        Assert.Equal(["search_books", "get_book", "list_books"], episode.Calls.Select(call => call.Tool));
        Assert.All(episode.Calls, call => Assert.False(call.IsError));
    }

    [Fact]
    public void CleanEpisodes_SomeSayTwoRequestsInOneBreath()
    {
        var joined = Enumerable.Range(0, Seeds).Count(number => library.Clean(library.Writing, number).Messages.Any(message =>
            message.Role == "user" && library.Writing.Requests.All(request => message.Content!.Contains(request.Text, StringComparison.Ordinal))));
        Assert.InRange(joined, 1, Seeds / 2);
    }

    [Fact]
    public void Confirmation_TwoCallsInOneRequest_BothAreNamedBeforeTheyAreMade()
    {
        var together = 0;
        for (var number = 0; number < Seeds; number++)
        {
            var messages = library.Clean(library.Clearing, number).Messages.ToList();
            var questions = messages.Where(message => message.Role == "assistant" && message.Content?.EndsWith('?') == true).Select(message => message.Content!).ToList();
            Assert.Contains(questions, question => question.Contains("remove the loan loan-901", StringComparison.Ordinal));
            Assert.Contains(questions, question => question.Contains("the book \"Persuasion\" (book-103)", StringComparison.Ordinal));
            together += questions.Count(question => question.Contains("loan-901", StringComparison.Ordinal) && question.Contains("book-103", StringComparison.Ordinal));
            foreach (var tool in new[] { "delete_loan", "mark_book_lost" })
            {
                var call = messages.FindIndex(message => message.ToolCalls?.Any(made => made.Name == tool) == true);
                Assert.Contains(messages.Take(call), message => message.Content is { } text && questions.Contains(text));
            }
        }

        Assert.InRange(together, 1, Seeds - 1);
    }

    [Fact]
    public void Enter_SameSeed_GivesTheSameEpisodeByteForByte()
    {
        var settings = new EpisodeSettings { FaultShare = 1, ToolFaultShare = 0.5 };
        foreach (var task in library.Tasks)
        {
            for (var number = 0; number < Seeds; number++)
            {
                var first = library.Run(task, number, new ScriptedCast(library.Engine, library.Environment, settings));
                using var engine = new EnvironmentEngine(new EngineOptions { MaximumIsolates = 1 }, Environments.LibraryEnvironment.Clock);
                var second = library.Run(task, number, new ScriptedCast(engine, library.Environment, settings));
                Assert.Equal(CanonicalJson.Serialize(first), CanonicalJson.Serialize(second));
            }
        }
    }

    [Fact]
    public void Enter_FaultShareOne_DrawsEveryKindOften()
    {
        var cast = new ScriptedCast(library.Engine, library.Environment, new EpisodeSettings { FaultShare = 1 });
        var counts = OfService.ToDictionary(kind => kind, _ => 0);
        for (var number = 0; number < 200; number++)
        {
            foreach (var fault in library.Run(library.Clearing, number, cast).Faults)
            {
                counts[fault.Kind]++;
            }
        }

        Assert.All(counts, pair => Assert.InRange(pair.Value, 10, 50));
    }

    [Fact]
    public void Record_RoundTripsThroughItsArtifactForm()
    {
        var episode = library.Faulty(library.Writing, FaultKind.InvalidCallRecovered, 1)!;
        var text = CanonicalJson.Serialize(episode);
        Assert.Equal(text, CanonicalJson.Serialize(JsonSerializer.Deserialize<EpisodeRecord>(text, ArtifactJson.Options)!));
    }

    [Fact]
    public void Replay_RecordedEpisode_GivesTheSameResults()
    {
        foreach (var kind in OfService)
        {
            var episode = library.Faulty(library.Clearing, kind, 3)!;
            Assert.Empty(EpisodeReplay.Run(episode, library.Clearing, library.Environment, library.Engine));
        }
    }

    [Fact]
    public void Replay_TamperedResult_NamesTheCall()
    {
        var episode = library.Clean(library.Writing);
        var tampered = episode with { Calls = [episode.Calls[0] with { Result = "{}" }, .. episode.Calls.Skip(1)] };
        var difference = Assert.Single(EpisodeReplay.Run(tampered, library.Writing, library.Environment, library.Engine));
        Assert.Contains("call 0 (search_books) result", difference, StringComparison.Ordinal);
    }
}
