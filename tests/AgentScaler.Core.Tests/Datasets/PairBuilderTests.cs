using System.Text.Json;
using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Funnel;
using AgentScaler.Datasets;
using AgentScaler.Episodes;
using AgentScaler.Funnel;
using AgentScaler.Tasks;

namespace AgentScaler.Core.Tests.Datasets;

public sealed class PairBuilderTests
{
    private const string Book = """{"pages":474}""";
    private const string Wish = "Set it to 475.";

    internal static readonly TaskSpec Task = new()
    {
        Id = "task",
        Environment = "env-library",
        Seed = "1",
        InitialChanges = [],
        Requests = [new UserRequest(Wish, 0, 1, [new RequiredOutput("475 pages", 0, "get_book")])],
        Gold = [new GoldCall("update_book", JsonElement.Parse("""{"pages":475}"""), [new ArgumentOrigin("pages", OriginKind.User)], true, "{}")],
        InitialHash = "i",
        GoldHash = "h",
    };

    [Fact]
    public void Build_EpisodesThatPartAtTheAgent_ArePairedAtTheFirstDifference()
    {
        var (pairs, counts) = Build(4, Kept("kept", Good()), Wrong("wrong", Looked().Call("update_book", """{"pages":9}""", "{}", 1).Agent("Done.")));
        var pair = Assert.Single(pairs);
        Assert.Equal(("kept", "wrong", FunnelReasons.StateDiffers, 4, true), (pair.Chosen, pair.Rejected, pair.Reason, pair.Divergence, pair.SameWords));
        Assert.Equal(["system", "user", "assistant", "tool"], pair.Prompt.Select(message => message.Role));
        Assert.Equal(["assistant", "tool", "assistant"], pair.Preferred.Select(message => message.Role));
        Assert.Equal("""{"pages":475}""", pair.Preferred[0].ToolCalls![0].Function.Arguments.GetRawText());
        Assert.Equal("""{"pages":9}""", pair.NonPreferred[0].ToolCalls![0].Function.Arguments.GetRawText());
        Assert.Equal((1L, 1L, 1L, 0), (counts.Rejected, counts.Pairs, counts.SameWords, counts.Impossible.Count));
    }

    [Fact]
    public void Build_UsersThatSayTheSameInOtherWords_ArePairedAndMarked()
    {
        var wrong = Greeted("Hello. set it to 475. Thank you!").Agent("Shall I set it?").User("Yes, please.").Call("update_book", """{"pages":9}""", "{}", 1).Agent("Done.");
        var (pairs, counts) = Build(4, Kept("kept", Greeted(Wish).Agent("May I go ahead?").User("Go ahead.").Call("update_book", """{"pages":475}""", "{}", 1).Agent("It has 475 pages now.")), Wrong("wrong", wrong));
        var pair = Assert.Single(pairs);
        Assert.Equal((6, false), (pair.Divergence, pair.SameWords));
        Assert.Equal(["policy", Wish, null, Book, "May I go ahead?", "Go ahead."], pair.Prompt.Select(message => message.Content));
        Assert.Equal((1L, 0L), (counts.Pairs, counts.SameWords));
    }

    [Theory]
    [InlineData("Set it to 475.", "No, leave it.")]
    [InlineData("Set it to 475.", "Yes, but only if nobody has lent it out until the end of March.")]
    [InlineData("Set it to 475, that is, rather to 476.", "Yes, please.")]
    public void Build_UsersThatSayOtherThings_MakeNoPair(string wish, string answer)
    {
        var wrong = Greeted(wish).Agent("Shall I set it?").User(answer).Call("update_book", """{"pages":9}""", "{}", 1).Agent("Done.");
        var (_, counts) = Build(4, Kept("kept", Greeted(Wish).Agent("May I go ahead?").User("Go ahead.").Call("update_book", """{"pages":475}""", "{}", 1).Agent("It has 475 pages now.")), Wrong("wrong", wrong));
        Assert.Equal(1, counts.Impossible[PairReasons.UserDiffers]);
    }

    /// <summary>Short answers that are not plainly yes or no say what they say.</summary>
    [Theory]
    [InlineData("The first one.", "The second one.")]
    [InlineData("Yes.", "I don't know.")]
    [InlineData("Yes.", "Use AB-77.")]
    [InlineData("Yes.", "Yes, the red one.")]
    [InlineData("No.", "No, the red one.")]
    [InlineData("Yes.", "Yes?")]
    [InlineData("Yes.", "Yes... no, wait.")]
    [InlineData("好的。", "蓝色的。")]
    public void Build_ShortAnswersThatSayOtherThings_MakeNoPair(string answer, string other)
    {
        var (_, counts) = Build(4, Kept("kept", Answered(answer, 475)), Wrong("wrong", Answered(other, 9)));
        Assert.Equal(1, counts.Impossible[PairReasons.UserDiffers]);
    }

    [Theory]
    [InlineData("Yes, please go ahead.", "That's right - do it, thanks!")]
    [InlineData("No problem.", "OK then.")]
    [InlineData("好的，请继续。", "可以，请办理。")]
    [InlineData("No, thanks.", "Please don't.")]
    public void Build_PlainAnswersInOtherWords_ArePaired(string answer, string other)
    {
        var (pairs, _) = Build(4, Kept("kept", Answered(answer, 475)), Wrong("wrong", Answered(other, 9)));
        Assert.Equal(6, Assert.Single(pairs).Divergence);
    }

    /// <summary>Words that differ by the way are no fault: the pair parts at the message that repeats itself.</summary>
    [Fact]
    public void Build_WordsAreTheFault_PartsAtTheMessageThatHasIt()
    {
        var loop = string.Concat(Enumerable.Repeat("I am here if you would like me to look into something more. ", 7));
        var wrong = Greeted(Wish).Agent("Shall I set it?").User("Yes, please.").Call("update_book", """{"pages":475}""", "{}", 1).Agent(loop).End("task", "h") with { Id = "loop" };
        var (pairs, _) = Build(4, Kept("kept", Greeted(Wish).Agent("May I go ahead?").User("Go ahead.").Call("update_book", """{"pages":475}""", "{}", 1).Agent("It has 475 pages now.")), (wrong, Rejected("loop", FunnelReasons.RepeatedPhrases)));
        var pair = Assert.Single(pairs);
        Assert.Equal((8, false, loop, "It has 475 pages now."), (pair.Divergence, pair.SameWords, pair.NonPreferred[0].Content, pair.Preferred[0].Content));
    }

    [Fact]
    public void Build_CallsWithOtherIds_AreTheSameCalls()
    {
        var kept = Kept("kept", Good());
        var renamed = kept.Episode with { Messages = [.. kept.Episode.Messages.Select(message => message with
        {
            ToolCallId = message.ToolCallId is { } id ? "other-" + id : null,
            ToolCalls = message.ToolCalls is { } calls ? [.. calls.Select(call => call with { Id = "other-" + call.Id })] : null,
        })] };
        var (_, counts) = Build(4, kept, (renamed with { Id = "twin" }, Rejected("twin", FunnelReasons.StateDiffers)));
        Assert.Equal(1, counts.Impossible[PairReasons.NoDivergence]);
    }

    [Fact]
    public void Build_ImpossiblePairs_AreCountedByReason()
    {
        Assert.Equal(PairReasons.NoneKept, Reason(null, Looked().Agent("No.")));
        Assert.Equal(PairReasons.UserDiffers, Reason(Good(), new Transcript().User("Something else").Agent("No.")));
        Assert.Equal(PairReasons.ResultDiffers, Reason(Good(), new Transcript().User("Set it to 475.").Call("get_book", "{}", "{}").Agent("No.")));
        Assert.Equal(PairReasons.UserDiffers, Reason(Good(), Looked().Call("update_book", """{"pages":475}""", "{}", 1).Agent("It is done, finally.").User("Thanks").Agent("Bye.")));
        Assert.Equal(PairReasons.FaultLiesLater, Reason(Good(), Looked().Call("list_books", "{}", "[]").Call("update_book", """{"pages":475}""", "{}", 1).Agent("It is done.").User("Thanks").Agent("Bye.")));
        Assert.Equal(PairReasons.Malformed, Reason(Good(), Looked().CallWithoutResult("update_book", "{}").Agent("Done.")));
        Assert.Equal(PairReasons.SystemDiffers, Reason(Good(), Looked().Agent("No."), episode => episode with { Messages = [new("system", "other"), .. episode.Messages.Skip(1)] }));
    }

    [Fact]
    public void Build_OnlyWordsDiffer_IsAPairWhereTheWordsAreTheFault()
    {
        var (pairs, _) = Build(4, Kept("kept", Good()), (Looked().Call("update_book", """{"pages":475}""", "{}", 1).Agent("Fine.").End("task", "h") with { Id = "mute" }, Rejected("mute", FunnelReasons.MissingOutput)));
        Assert.Equal(6, Assert.Single(pairs).Divergence);
    }

    [Fact]
    public void Build_FaultsOfOthers_AndTheQuota_AreNoWorseHalves()
    {
        var other = Looked().Agent("No.").End("task", "h");
        var (pairs, counts) = Build(4, Kept("kept", Good()),
            (other with { Id = "a" }, new Verdict("a", false, FunnelStage.Validity, FunnelReasons.StoppedEarly, Attribution.User, "-")),
            (other with { Id = "b" }, new Verdict("b", false, FunnelStage.Quota, FunnelReasons.ErrorQuota, Attribution.Agent, "-")));
        Assert.Empty(pairs);
        Assert.Equal(0, counts.Rejected);
    }

    [Fact]
    public void Build_MoreThanTheCap_KeepsThoseThatPartLatest_AndNoneTwice()
    {
        var early = new Transcript().User("Set it to 475.").Agent("I can't.");
        var (pairs, counts) = Build(1, Kept("kept", Good()), Wrong("early", early), Wrong("late", Looked().Agent("No.")), Wrong("later", Looked().Agent("No.")));
        Assert.Equal("late", Assert.Single(pairs).Rejected);
        Assert.Equal((3L, 1L, 1L, 1L), (counts.Rejected, counts.Pairs, counts.Impossible[PairReasons.Duplicate], counts.Impossible[PairReasons.OverCap]));
    }

    private static string Reason(Transcript? kept, Transcript wrong, Func<EpisodeRecord, EpisodeRecord>? change = null)
    {
        var worse = Wrong("wrong", wrong);
        var episodes = kept is null ? [] : new List<(EpisodeRecord, Verdict)> { Kept("kept", kept) };
        var (pairs, counts) = Build(4, [.. episodes, (change?.Invoke(worse.Episode) ?? worse.Episode, worse.Verdict)]);
        Assert.Empty(pairs);
        return Assert.Single(counts.Impossible).Key;
    }

    private static (IReadOnlyList<PreferencePair> Pairs, PairCounts Counts) Build(int most, params IReadOnlyList<(EpisodeRecord Episode, Verdict Verdict)> episodes) =>
        new PairBuilder(LibraryEnvironment.Package(), [], ["MIT"], new FunnelSettings(), most).Build(Task, episodes);

    private static Transcript Looked() => Greeted(Wish);

    private static Transcript Greeted(string words) => new Transcript().User(words).Call("get_book", "{}", Book);

    private static Transcript Answered(string answer, int pages) => Looked().Agent("Which edition, or shall I go ahead?").User(answer).Call("update_book", $$"""{"pages":{{pages}}}""", "{}", 1).Agent("Done.");

    private static Transcript Good() => Looked().Call("update_book", """{"pages":475}""", "{}", 1).Agent("It has 475 pages now.");

    private static (EpisodeRecord Episode, Verdict Verdict) Kept(string id, Transcript transcript) =>
        (transcript.End("task", "h") with { Id = id }, new Verdict(id, true, null, null, null, null));

    private static (EpisodeRecord Episode, Verdict Verdict) Wrong(string id, Transcript transcript) => (transcript.End("task", "x") with { Id = id }, Rejected(id, FunnelReasons.StateDiffers));

    private static Verdict Rejected(string id, string reason) => new(id, false, FunnelStage.StateAlignment, reason, Attribution.Agent, "-");
}
