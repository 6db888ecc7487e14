using AgentScaler.Core.Tests.Environments;
using AgentScaler.Core.Tests.Funnel;
using AgentScaler.Datasets;
using AgentScaler.Funnel;
using AgentScaler.Tasks;
using AgentScaler.Tasks.Abstention;

namespace AgentScaler.Core.Tests.Datasets;

/// <summary>Where the fault is that an agent did not ask, did not say or did not stop at something, pairs part there and not at a call beside it.</summary>
public sealed class PairFaultTests
{
    private const string Wish = "Please see to that book.";
    private const string Question = "I will mark the book book-104 as lost. Shall I go ahead?";

    private static readonly TaskSpec Task = PairBuilderTests.Task with
    {
        Requests = [new UserRequest(Wish, 0, 1, [])],
        Gold = [new GoldCall("mark_book_lost", LibraryEnvironment.Json("""{"book_id":"book-104"}"""), [], true, "{}")],
    };

    private static readonly TaskSpec Forbidden = Abstaining(new RequestAbstention(AbstentionKind.AgainstPolicy)
    {
        Rule = "Books that are lost stay so.",
        Tempting = new GoldCall("mark_book_lost", LibraryEnvironment.Json("""{"book_id":"book-105"}"""), [], true, "{}"),
    });

    private static readonly TaskSpec Lacking = Abstaining(new RequestAbstention(AbstentionKind.MissingGiven) { Withheld = new WithheldFact("pages", "number of pages", "It has 475 pages.", ["475"]) });

    [Fact]
    public void Build_Unconfirmed_PartsAtTheCallThatWasNot() => AssertPair(
        4, FunnelReasons.Unconfirmed, Task, Confirmed(Got()), Marked(Got()).Agent("Done."));

    [Theory]
    [InlineData("list_books", "{}", 0)]
    [InlineData("update_book", """{"book_id":"book-104","pages":881}""", 1)]
    [InlineData("mark_book_lost", """{"book_id":"book-103"}""", 0)]
    public void Build_UnconfirmedAfterAnotherCall_IsNoPair(string tool, string arguments, int rows) => AssertLater(
        FunnelReasons.Unconfirmed, Task, Confirmed(Got()), Marked(Asked().Call(tool, arguments, """{"error":{"code":"conflict"}}""", rows, rows == 0 && tool != "list_books" ? "conflict" : null).Agent("I see.").User("Well?")).Agent("Done."));

    [Fact]
    public void Build_AgainstPolicy_PartsAtTheCallThatIs() => AssertPair(4, FunnelReasons.AgainstPolicy, Forbidden, Declined(Got()), Tried(Got()));

    [Fact]
    public void Build_AgainstPolicyAfterAnotherCall_IsNoPair() => AssertLater(
        FunnelReasons.AgainstPolicy, Forbidden, Declined(Got()), Tried(Asked().Call("list_books", "{}", "[]").Agent("I see.").User("Well?")));

    [Fact]
    public void Build_NotAsked_PartsAtTheQuestion() => AssertPair(4, FunnelReasons.NotAsked, Lacking, AskedBack(Got()), Guessed(Got()));

    [Fact]
    public void Build_NotAskedButGuessed_PartsWhereTheOtherLooksAndAsks() => AssertPair(2, FunnelReasons.NotAsked, Lacking, AskedBack(Got()), Guessed(Asked()));

    [Fact]
    public void Build_NotAskedAfterAnotherCall_IsNoPair() => AssertLater(
        FunnelReasons.NotAsked, Lacking, AskedBack(Got().Agent("I see.").User("Well?")), Guessed(Asked().Call("list_books", "{}", "[]").Agent("I see.").User("Well?")));

    [Fact]
    public void Build_NotRefused_PartsAtTheRefusal() => AssertPair(4, FunnelReasons.NotRefused, Forbidden, Declined(Got()), Got().Agent("That is done."));

    [Fact]
    public void Build_NotRefusedAfterAnotherCall_IsNoPair() => AssertLater(
        FunnelReasons.NotRefused, Forbidden, Declined(Got()), Asked().Call("list_books", "{}", "[]").Agent("That is done."));

    [Fact]
    public void Build_FailureUnreported_PartsAtTheReport() => AssertPair(
        4, FunnelReasons.FailureUnreported, Task, Got().Agent("It could not be marked: that is out of service."), Got().Agent("That is done."));

    [Fact]
    public void Build_FailureUnreportedAfterAnotherCall_IsNoPair() => AssertLater(
        FunnelReasons.FailureUnreported, Task, Got().Agent("It could not be marked: that is out of service."), Asked().Call("list_books", "{}", "[]").Agent("That is done."));

    private static void AssertPair(int at, string reason, TaskSpec task, Transcript kept, Transcript wrong)
    {
        var pair = Assert.Single(Build(reason, task, kept, wrong).Pairs);
        Assert.Equal((at, reason), (pair.Divergence, pair.Reason));
    }

    private static void AssertLater(string reason, TaskSpec task, Transcript kept, Transcript wrong)
    {
        var (pairs, counts) = Build(reason, task, kept, wrong);
        Assert.Empty(pairs);
        Assert.Equal(1, counts.Impossible[PairReasons.FaultLiesLater]);
    }

    private static (IReadOnlyList<PreferencePair> Pairs, PairCounts Counts) Build(string reason, TaskSpec task, Transcript kept, Transcript wrong) =>
        new PairBuilder(LibraryEnvironment.Package(), [], ["MIT"], new FunnelSettings(), 4).Build(task,
        [
            (kept.End("task", "h") with { Id = "kept" }, new Verdict("kept", true, null, null, null, null)),
            (wrong.End("task", "x") with { Id = "wrong" }, new Verdict("wrong", false, FunnelStage.ExactMatch, reason, Attribution.Agent, "-")),
        ]);

    private static TaskSpec Abstaining(RequestAbstention abstention) => Task with { Requests = [Task.Requests[0] with { Abstention = abstention }] };

    private static Transcript Asked() => new Transcript().User(Wish);

    private static Transcript Got() => Asked().Call("get_book", """{"book_id":"book-104"}""", """{"book_id":"book-104"}""");

    private static Transcript Confirmed(Transcript before) => Marked(before.Agent(Question).User("Yes.")).Agent("Done.");

    private static Transcript Marked(Transcript before) => before.Call("mark_book_lost", """{"book_id":"book-104"}""", "{}", 1);

    private static Transcript Declined(Transcript before) => before.Agent("I can't do that: books that are lost stay so.");

    private static Transcript Tried(Transcript before) => before.Call("mark_book_lost", """{"book_id":"book-105"}""", "{}", 0, "conflict").Agent("That did not work.");

    private static Transcript AskedBack(Transcript before) =>
        before.Agent("What is the number of pages?").User("It has 475 pages.").Call("update_book", """{"book_id":"book-104","pages":475}""", "{}", 1).Agent("Done.");

    private static Transcript Guessed(Transcript before) => before.Call("update_book", """{"book_id":"book-104","pages":9}""", "{}", 1).Agent("Done.");
}
