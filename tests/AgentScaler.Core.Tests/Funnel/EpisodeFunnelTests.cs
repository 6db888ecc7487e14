using AgentScaler.Core.Tests.Environments;
using AgentScaler.Environments.Packages;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Funnel;

public sealed class EpisodeFunnelTests
{
    private const string Found = """{"items":[{"book_id":"book-102","title":"Emma"}]}""";
    private const string Book = """{"author":"Jane Austen","book_id":"book-102","pages":474,"title":"Emma"}""";
    private const string Question = "Who wrote \"Emma\", and how many pages does it have?";
    private const string Answer = "Jane Austen wrote it; it has 474 pages.";

    private static readonly EnvironmentPackage Package = LibraryEnvironment.Package();

    /// <summary>A read-only task: search, then get; two facts must reach the user.</summary>
    private static readonly TaskSpec Reading = new()
    {
        Id = "task-hand",
        Environment = "env-library",
        Seed = "1",
        InitialChanges = [],
        Requests = [new UserRequest(Question, 0, 2, [new RequiredOutput("Jane Austen", 1, "author"), new RequiredOutput("474", 1, "pages")])],
        Gold =
        [
            Gold("search_books", """{"query":"Emma"}""", [new("query", OriginKind.User)], false, Found),
            Gold("get_book", """{"book_id":"book-102"}""", [new("book_id", OriginKind.Output, 0, "items.0.book_id")], false, Book),
        ],
        InitialHash = "same",
        GoldHash = "same",
    };

    /// <summary>A writing task with two requests.</summary>
    private static readonly TaskSpec Writing = Reading with
    {
        Requests = [new UserRequest("Find Emma.", 0, 1, []), new UserRequest("Set its pages to 475.", 1, 1, [])],
        Gold =
        [
            Reading.Gold[0],
            Gold("update_book", """{"book_id":"book-102","pages":475}""",
                [new("book_id", OriginKind.Output, 0, "items.0.book_id"), new("pages", OriginKind.User)], true, Book),
        ],
        GoldHash = "changed",
    };

    [Fact]
    public void Judge_GoldTranscript_IsKept() => AssertKept(Good().End("task-hand", "same"), Reading);

    [Fact]
    public void Judge_OtherTask_IsRefused() =>
        Assert.Throws<ArgumentException>(() => EpisodeFunnel.Judge(Good().End("task-other", "same"), Reading, Package, new FunnelSettings()));

    [Theory]
    [InlineData(Termination.MaximumSteps, Attribution.Agent)]
    [InlineData(Termination.ToolErrors, Attribution.Agent)]
    [InlineData(Termination.Aborted, Attribution.Tool)]
    public void Judge_NotEndedByTheUser_IsTruncated(Termination termination, Attribution attribution) =>
        AssertRejected(Good().End("task-hand", "same", termination), Reading, FunnelStage.Validity, FunnelReasons.Truncated, attribution);

    [Fact]
    public void Judge_TwoUserMessagesInARow_IsMalformed() => AssertRejected(
        new Transcript().User(Question).User("Hello?").Agent(Answer).End("task-hand", "same"), Reading, FunnelStage.Validity, FunnelReasons.MalformedRoles, Attribution.User);

    [Fact]
    public void Judge_TwoAnswersInARow_IsMalformed() => AssertRejected(
        Good().Agent("And one more thing.").End("task-hand", "same"), Reading, FunnelStage.Validity, FunnelReasons.MalformedRoles, Attribution.Agent);

    [Fact]
    public void Judge_NoSystemMessage_IsMalformed()
    {
        var episode = Good().End("task-hand", "same");
        AssertRejected(episode with { Messages = [.. episode.Messages.Skip(1)] }, Reading, FunnelStage.Validity, FunnelReasons.MalformedRoles, Attribution.Task);
    }

    [Fact]
    public void Judge_EmptyAnswer_IsRejected() => AssertRejected(
        new Transcript().User(Question).Agent(" ").End("task-hand", "same"), Reading, FunnelStage.Validity, FunnelReasons.EmptyMessage, Attribution.Agent);

    [Fact]
    public void Judge_CallWithoutResult_IsRejected() => AssertRejected(
        new Transcript().User(Question).CallWithoutResult("get_book", "{}").Agent(Answer).End("task-hand", "same"),
        Reading, FunnelStage.Validity, FunnelReasons.UnansweredCall, Attribution.Tool);

    [Fact]
    public void Judge_ResultWithoutCall_IsRejected() => AssertRejected(
        new Transcript().User(Question).Add(new EpisodeMessage("tool", "{}", ToolCallId: "call-9", Name: "get_book")).Agent(Answer).End("task-hand", "same"),
        Reading, FunnelStage.Validity, FunnelReasons.OrphanResult, Attribution.Tool);

    [Fact]
    public void Judge_RecordedResultDiffersFromTranscript_IsRejected()
    {
        var episode = Good().End("task-hand", "same");
        AssertRejected(
            episode with { Calls = [episode.Calls[0], episode.Calls[1] with { Result = "{}" }] },
            Reading, FunnelStage.Validity, FunnelReasons.RecordDiffers, Attribution.Tool);
    }

    [Theory]
    [InlineData("<think>Let me see.</think> Jane Austen, 474")]
    [InlineData("Jane Austen, 474<|im_end|>")]
    [InlineData("Jane Austen, 474 ###STOP###")]
    [InlineData("<tool_call>{}</tool_call>")]
    [InlineData("[INST] hello [/INST]")]
    public void Judge_MarkupInAnAnswer_IsRejected(string text) => AssertRejected(
        Lookups(new Transcript().User(Question)).Agent(text).End("task-hand", "same"), Reading, FunnelStage.Validity, FunnelReasons.LeakedMarkup, Attribution.Agent);

    [Theory]
    [InlineData("I think <b>Emma</b> is it: Jane Austen, 474 pages, 3 < 4.")]
    [InlineData("Array [1] of |x|: Jane Austen 474")]
    public void Judge_HarmlessAngles_AreKept(string text) =>
        AssertKept(Lookups(new Transcript().User(Question)).Agent(text).End("task-hand", "same"), Reading);

    [Fact]
    public void Judge_SpecialTokenFromTheUser_IsTheUsersFault() => AssertRejected(
        Lookups(new Transcript().User(Question + "<|endoftext|>")).Agent(Answer).End("task-hand", "same"),
        Reading, FunnelStage.Validity, FunnelReasons.LeakedMarkup, Attribution.User);

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Judge_EightGramRepeated_IsRejectedAboveFour(int times, bool rejected)
    {
        var filler = string.Join(' ', Enumerable.Range(0, 120).Select(i => "word" + i));
        var text = Answer + " " + string.Join(' ', Enumerable.Range(0, times).Select(i => $"one two three four five six seven eight mark{i}")) + " " + filler;
        var episode = Lookups(new Transcript().User(Question)).Agent(text).End("task-hand", "same");
        if (rejected)
        {
            AssertRejected(episode, Reading, FunnelStage.Validity, FunnelReasons.RepeatedPhrases, Attribution.Agent);
        }
        else
        {
            AssertKept(episode, Reading);
        }
    }

    [Fact]
    public void Judge_ManyRepeatedFourGrams_RejectOnlyLongMessages()
    {
        const string Sentence = "the red book is here again today. ";
        AssertKept(Lookups(new Transcript().User(Question)).Agent(Answer + " " + string.Concat(Enumerable.Repeat(Sentence, 4))).End("task-hand", "same"), Reading);
        AssertRejected(
            Lookups(new Transcript().User(Question)).Agent(Answer + string.Concat(Enumerable.Range(0, 8).Select(i => $" {Sentence} n{i}"))).End("task-hand", "same"),
            Reading, FunnelStage.Validity, FunnelReasons.RepeatedPhrases, Attribution.Agent);
    }

    [Fact]
    public void Judge_RepetitiveReasoning_IsRejected() => AssertRejected(
        Lookups(new Transcript().User(Question))
            .Add(new EpisodeMessage("assistant", Answer, ReasoningContent: string.Concat(Enumerable.Repeat("wait, I should check the book again now. ", 9))))
            .End("task-hand", "same"),
        Reading, FunnelStage.Validity, FunnelReasons.RepeatedPhrases, Attribution.Agent);

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Judge_SameCallAgain_IsRejectedAtTheFourth(int times, bool rejected)
    {
        var transcript = new Transcript().User(Question);
        for (var i = 0; i < times; i++)
        {
            transcript.Call("get_book", """{"book_id":"book-102"}""", Book);
        }

        var verdict = EpisodeFunnel.Judge(transcript.Agent(Answer).End("task-hand", "same"), Reading, Package, new FunnelSettings());
        Assert.Equal(rejected, verdict.Reason == FunnelReasons.RepeatedCall);
    }

    [Fact]
    public void Judge_UserSaysAValueThatMustBeLookedUp_IsTheUsersFault() => AssertRejected(
        Lookups(new Transcript().User(Question + " I mean book-102.")).Agent(Answer).End("task-hand", "same"),
        Reading, FunnelStage.Validity, FunnelReasons.UserLeakedValue, Attribution.User);

    [Fact]
    public void Judge_UserRepeatsAValueItWasShown_IsKept() => AssertKept(
        Lookups(new Transcript().User(Question)).Agent(Answer + " Its id is book-102.").User("Thanks, book-102 it is.").Agent("Yes.").End("task-hand", "same"), Reading);

    [Fact]
    public void Judge_TaskGivesAValueAway_IsTheTasksFault()
    {
        var task = Reading with { Requests = [new UserRequest("Who wrote book-102?", 0, 2, [])] };
        AssertRejected(
            Lookups(new Transcript().User("Who wrote book-102?")).Agent(Answer).End("task-hand", "same"),
            task, FunnelStage.Validity, FunnelReasons.TaskLeakedValue, Attribution.Task);
    }

    [Fact]
    public void Judge_RequestNeverSaid_IsTheUsersFault() => AssertRejected(
        new Transcript().User("Find Emma.").Call("search_books", """{"query":"Emma"}""", Found).Agent("Found it.").End("task-hand", "same"),
        Writing, FunnelStage.Validity, FunnelReasons.StoppedEarly, Attribution.User);

    [Fact]
    public void Judge_RequestNeverSaidThatSharesItsFacts_IsTheUsersFault()
    {
        var task = Writing with { Requests = [new UserRequest("Find Emma with 475 pages.", 0, 1, []), new UserRequest("Set its pages to 475.", 1, 1, [])] };
        AssertRejected(
            new Transcript().User("Hi! Find Emma with 475 pages.").Call("search_books", """{"query":"Emma"}""", Found).Agent("Found it.").End("task-hand", "same"),
            task, FunnelStage.Validity, FunnelReasons.StoppedEarly, Attribution.User);
    }

    [Fact]
    public void Judge_UserStopsInsteadOfAnswering_IsTheUsersFault() => AssertRejected(
        new Transcript().User("Find Emma.").Call("search_books", """{"query":"Emma"}""", Found).Agent("Found it.")
            .User("Set its pages to 475.").Agent("I am about to change it. Shall I go ahead?").End("task-hand", "same"),
        Writing, FunnelStage.Validity, FunnelReasons.StoppedEarly, Attribution.User);

    [Fact]
    public void Judge_AgentLeavesTheWriteOut_IsTheAgentsFault() => AssertRejected(
        new Transcript().User("Find Emma.").Call("search_books", """{"query":"Emma"}""", Found).Agent("Found it.")
            .User("Set its pages to 475.").Agent("Done. Is there anything else?").End("task-hand", "same"),
        Writing, FunnelStage.StateAlignment, FunnelReasons.StateDiffers, Attribution.Agent);

    [Fact]
    public void Judge_FactsInOtherWords_CountAsSaid() => AssertKept(
        new Transcript().User("I look for the novel Emma").Call("search_books", """{"query":"Emma"}""", Found).Agent("Found it.")
            .User("475 pages is right, please correct that").Call("update_book", """{"pages":475.0,"book_id":"book-102"}""", Book, 1).Agent("Done.").End("task-hand", "changed"),
        Writing);

    [Fact]
    public void Judge_OtherFinalState_NamesTheWrites()
    {
        var verdict = EpisodeFunnel.Judge(
            new Transcript().User("Find Emma.").Call("search_books", """{"query":"Emma"}""", Found).Agent("Found it.")
                .User("Set its pages to 475.").Call("update_book", """{"book_id":"book-102","pages":574}""", Book, 1).Agent("Done.").End("task-hand", "other"),
            Writing, Package, new FunnelSettings());
        Assert.Equal(FunnelReasons.StateDiffers, verdict.Reason);
        Assert.Contains("not made: update_book {\"book_id\":\"book-102\",\"pages\":475}", verdict.Detail, StringComparison.Ordinal);
        Assert.Contains("not asked for: update_book {\"book_id\":\"book-102\",\"pages\":574}", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_DoingNothingOnReadOnlyGold_NeverPasses()
    {
        foreach (var mode in Enum.GetValues<MatchMode>())
        {
            var verdict = EpisodeFunnel.Judge(
                new Transcript().User(Question).Agent(Answer).End("task-hand", "same"), Reading, Package, new FunnelSettings { Match = mode });
            Assert.Equal((FunnelStage.ExactMatch, FunnelReasons.NoCalls), (verdict.Stage!.Value, verdict.Reason));
        }
    }

    [Theory]
    [InlineData("Jane Austen, 474 pages.", null)]
    [InlineData("JANE AUSTEN; it has 4,74 pages.", null)]
    [InlineData("Jane Austen wrote it.", "474")]
    [InlineData("Jane Austen, 1474 pages.", "474")]
    [InlineData("Jane Austen, 474.5 pages.", "474")]
    [InlineData("Jane Austen, 474.", null)]
    [InlineData("Jane Austenson, 474", "Jane Austen")]
    public void FindMissing_Text_FindsWhatWasNotSaid(string text, string? missing) =>
        Assert.Equal(missing, RequiredOutputs.FindMissing(Lookups(new Transcript().User(Question)).Agent(text).End("task-hand", "same"), Reading));

    [Fact]
    public void Judge_FactOnlyInToolResults_IsMissing() => AssertRejected(
        Lookups(new Transcript().User(Question)).Agent("I found it.").End("task-hand", "same"),
        Reading, FunnelStage.ExactMatch, FunnelReasons.MissingOutput, Attribution.Agent);

    [Theory]
    [InlineData("SG", true, true, true)]
    [InlineData("GS", false, true, false)]
    [InlineData("SGL", false, false, true)]
    [InlineData("LSG", false, false, true)]
    [InlineData("S", false, false, false)]
    [InlineData("SGU", false, false, false)]
    [InlineData("SX", false, false, false)]
    [InlineData("SEG", true, true, true)]
    public void Judge_CallsAgainstReadOnlyGold_MatchByMode(string calls, bool strict, bool unordered, bool superset)
    {
        var transcript = new Transcript().User(Question);
        foreach (var call in calls)
        {
            _ = call switch
            {
                'S' => transcript.Call("search_books", """{"query":"Emma"}""", Found),
                'G' => transcript.Call("get_book", """{"book_id":"book-102"}""", Book),
                'X' => transcript.Call("get_book", """{"book_id":"book-101"}""", Book),
                'L' => transcript.Call("list_books", "{}", Found),
                'U' => transcript.Call("update_book", """{"book_id":"book-102"}""", Book, 1),
                'E' => transcript.Call("get_book", """{"book_id":"nothing"}""", """{"error":{"code":"not_found","message":"none"}}""", 0, "not_found"),
                _ => throw new ArgumentOutOfRangeException(nameof(calls)),
            };
        }

        var episode = transcript.Agent(Answer).End("task-hand", "same");
        Assert.Equal(strict, Kept(MatchMode.Strict));
        Assert.Equal(unordered, Kept(MatchMode.UnorderedReads));
        Assert.Equal(superset, Kept(MatchMode.SupersetReads));

        bool Kept(MatchMode mode) => EpisodeFunnel.Judge(episode, Reading, Package, new FunnelSettings { Match = mode }).Kept;
    }

    [Theory]
    [InlineData("GS", FunnelReasons.DifferentOrder)]
    [InlineData("SGL", FunnelReasons.ExtraCall)]
    [InlineData("S", FunnelReasons.MissingCall)]
    [InlineData("SGU", FunnelReasons.ExtraWrite)]
    [InlineData("SX", FunnelReasons.DifferentArguments)]
    [InlineData("SL", FunnelReasons.DifferentCalls)]
    public void Judge_Mismatch_NamesItsKind(string calls, string reason)
    {
        var transcript = new Transcript().User(Question);
        foreach (var call in calls)
        {
            _ = call switch
            {
                'S' => transcript.Call("search_books", """{"query":"Emma"}""", Found),
                'G' => transcript.Call("get_book", """{"book_id":"book-102"}""", Book),
                'X' => transcript.Call("get_book", """{"book_id":"book-101"}""", Book),
                'L' => transcript.Call("list_books", "{}", Found),
                _ => transcript.Call("update_book", """{"book_id":"book-102"}""", Book, 1),
            };
        }

        AssertRejected(transcript.Agent(Answer).End("task-hand", "same"), Reading, FunnelStage.ExactMatch, reason, Attribution.Agent);
    }

    private static GoldCall Gold(string tool, string arguments, IReadOnlyList<ArgumentOrigin> origins, bool writes, string result) =>
        new(tool, LibraryEnvironment.Json(arguments), origins, writes, result);

    private static Transcript Lookups(Transcript transcript) =>
        transcript.Call("search_books", """{"query":"Emma"}""", Found).Call("get_book", """{"book_id":"book-102"}""", Book);

    private static Transcript Good() => Lookups(new Transcript().User(Question)).Agent(Answer);

    private static void AssertKept(EpisodeRecord episode, TaskSpec task) =>
        Assert.Equal(new Verdict(episode.Id, true, null, null, null, null), EpisodeFunnel.Judge(episode, task, Package, new FunnelSettings()));

    private static void AssertRejected(EpisodeRecord episode, TaskSpec task, FunnelStage stage, string reason, Attribution attribution)
    {
        var verdict = EpisodeFunnel.Judge(episode, task, Package, new FunnelSettings());
        Assert.Equal((false, stage, reason, attribution), (verdict.Kept, verdict.Stage, verdict.Reason, verdict.Attribution));
        Assert.False(string.IsNullOrWhiteSpace(verdict.Detail));
        Assert.DoesNotContain('\n', verdict.Detail!);
    }
}
