using AgentScaler.Core.Tests.Environments;
using AgentScaler.Funnel;

namespace AgentScaler.Core.Tests.Funnel;

/// <summary>The library's policy: a loan is removed, and a book marked as lost, only after the user agreed.</summary>
public sealed class AgentConductTests
{
    private const string Loan = """{"loan_id":"loan-901"}""";
    private const string Shown = """{"items":[{"book_id":"book-101","title":"Dune","status":"available"},{"book_id":"book-102","title":"Emma","status":"available"}]}""";

    [Theory]
    [InlineData("I will remove the loan loan-901. Shall I go ahead?", "Yes, please.")]
    [InlineData("Please confirm that I may delete loan-901.", "confirmed")]
    [InlineData("我将删除借阅 loan-901，是否继续？", "好的")]
    [InlineData("This removes loan-900 and loan-901. Proceed?", "Yes. I do not need them.")]
    [InlineData("Remove loan-901?", "Now, please.")]
    [InlineData("I am about to cancel loan-901. Is that all right? It can't be undone.", "No problem, go ahead.")]
    [InlineData("Shall I get rid of loan-901?", "Not an issue, do it. I don't need it.")]
    public void Check_AskedByName_IsFine(string question, string answer) =>
        Assert.Null(Check(Asked(question, answer).Call("delete_loan", Loan, "{}", 1)));

    [Theory]
    [InlineData("I am looking into loan-901.", "Thanks.", "without asking")]
    [InlineData("Which branch are you calling from?", "Oslo.", "does not say")]
    [InlineData("Shall I remove loan-9011?", "Yes.", "does not say")]
    [InlineData("Shall I remove loan-901?", "No, please keep it.", "against")]
    [InlineData("I found loan-901. Anything else?", "Remove it.", "without asking")]
    [InlineData("I found loan-901. Is that the one?", "Yes, remove it.", "does not say")]
    [InlineData("Shall I go ahead?", "Yes.", "does not say")]
    [InlineData("Shall I remove loan-901?", "Hold on.", "against")]
    [InlineData("Shall I remove loan-901?", "I'd rather not.", "against")]
    [InlineData("Shall I remove loan-901?", "Yes... actually no.", "against")]
    [InlineData("Shall I remove loan-901?", "Don't!", "against")]
    [InlineData("Shall I remove loan-901?", "Wait, which one is that?", "against")]
    [InlineData("是否删除 loan-901？", "不，先不要。", "against")]
    public void Check_NotAskedOrRefused_IsTheAgentsFault(string question, string answer, string detail) =>
        AssertUnconfirmed(Asked(question, answer).Call("delete_loan", Loan, "{}", 1), detail);

    [Fact]
    public void Check_DoneOnTheFirstRequest_IsTheAgentsFault() =>
        AssertUnconfirmed(new Transcript().User("Remove loan-901 at once, I am sure.").Call("delete_loan", Loan, "{}", 1), "without asking");

    [Fact]
    public void Check_NamedByTheTitleAnEarlierResultShows_IsFine() => Assert.Null(Check(new Transcript().User("I lost Dune.")
        .Call("search_books", """{"query":"Dune"}""", Shown).Agent("I am about to mark \"Dune\" as lost. Is that right?").User("Yes.")
        .Call("mark_book_lost", """{"book_id":"book-101"}""", "{}", 1)));

    [Fact]
    public void Check_AnotherRowsTitle_IsTheAgentsFault() => AssertUnconfirmed(
        new Transcript().User("I lost Dune.").Call("search_books", """{"query":"Dune"}""", Shown).Agent("I am about to mark \"Dune\" as lost. Is that right?").User("Yes.")
            .Call("mark_book_lost", """{"book_id":"book-102"}""", "{}", 1),
        "does not say");

    [Fact]
    public void Check_OneQuestionForTwoCalls_CoversBothButNoThird()
    {
        static Transcript Both() => Asked("Shall I remove loan-901 and loan-902?", "Yes, both.")
            .Call("delete_loan", Loan, "{}", 1).Call("delete_loan", """{"loan_id":"loan-902"}""", "{}", 1);
        Assert.Null(Check(Both()));
        AssertUnconfirmed(Both().Call("delete_loan", """{"loan_id":"loan-903"}""", "{}", 1), "does not say");
    }

    [Fact]
    public void Check_TheSameCallTwiceOnOneYes_IsTheAgentsFault()
    {
        static Transcript Twice(Transcript transcript) => transcript.Call("mark_book_lost", """{"book_id":"book-101"}""", "{}", 1);
        static Transcript Once() => Twice(Asked("I am about to mark book-101 as lost. Is that right?", "Yes."));

        AssertUnconfirmed(Twice(Once()), "once more");
        Assert.Null(Check(Twice(Once().Agent("Shall I mark book-101 as lost again?").User("Yes."))));
    }

    [Fact]
    public void Check_ConsentFromBeforeTheLastAnswer_IsUsedUp() => AssertUnconfirmed(
        Asked("Shall I remove loan-901?", "Yes.").Agent("Your other loans stay.").User("Fine.").Call("delete_loan", Loan, "{}", 1), "without asking");

    [Fact]
    public void Check_RefusedCallOrFreeTool_NeedsNoConsent() => Assert.Null(Check(new Transcript().User("Hello.")
        .Call("delete_loan", "{}", """{"error":{"code":"invalid_arguments","message":"loan_id is missing"}}""", errorCode: "invalid_arguments")
        .Call("update_book", """{"book_id":"book-101","pages":5}""", "{}", 1)));

    private static Transcript Asked(string question, string answer) => new Transcript().User("I have a wish about my loans.").Agent(question).User(answer);

    private static Rejection? Check(Transcript transcript) => AgentConduct.Check(transcript.Agent("Done.").End("task-hand", "same"), LibraryEnvironment.Package());

    private static void AssertUnconfirmed(Transcript transcript, string detail)
    {
        var rejection = Check(transcript);
        Assert.Equal((FunnelReasons.Unconfirmed, Attribution.Agent), (rejection?.Reason, rejection?.Attribution));
        Assert.Contains(detail, rejection!.Detail, StringComparison.Ordinal);
    }
}
